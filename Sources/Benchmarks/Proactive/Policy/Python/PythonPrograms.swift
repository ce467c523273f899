/// The Python side of training, carried within the program and written where it is run.
enum PythonPrograms {
    static let training = "train_dpo.py"
    static let actions = "action_policy.py"
    static let requirements = "requirements.txt"

    /// The programs and what they need, as files.
    static var files: [PreferenceExport.File] {
        [
            .init(name: training, text: String(decoding: PackageResources.train_dpo_py, as: UTF8.self)),
            .init(name: actions, text: String(decoding: PackageResources.action_policy_py, as: UTF8.self)),
            .init(name: requirements, text: String(decoding: PackageResources.requirements_txt, as: UTF8.self)),
        ]
    }
}
