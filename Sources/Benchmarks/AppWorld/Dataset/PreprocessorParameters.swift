import Evaluation

/// How much of the ground truth AppWorld loads for a task.
enum GroundTruthMode: String, ParameterChoice {
    /// Everything, solutions included; released for training and development tasks only.
    case full
    /// The tests and which apps and interfaces are needed.
    case partial
    /// The tests.
    case minimal
}

/// The parameters of `appworld_preprocessor`.
struct PreprocessorParameters: Parameters {
    var subset: String?
    var groundTruthMode = GroundTruthMode.minimal
    var forcesMinimalOnTest = true
    var experimentName: String?
    var dataPath: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("subset", \.subset, "The part of the data that records belong to which do not say it."),
            .init("ground_truth_mode", \.groundTruthMode, "What AppWorld loads; test splits always get minimal."),
            .init("force_minimal_on_test", \.forcesMinimalOnTest, "Always true: test splits get minimal."),
            .init(
                "experiment_name", \.experimentName,
                "The name of AppWorld's outputs; by default it follows from the run and the subset."),
            .init("data_path", \.dataPath, "Accepted for older configurations.") {
                $0.ignoredBecause = "records come from the data set's loader"
            },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if !forcesMinimalOnTest {
            diagnostics.error(
                "'force_minimal_on_test' cannot be switched off: AppWorld's test splits hold no more than minimal",
                at: node["force_minimal_on_test"] ?? node, advice: "remove the key")
        }
        if let name = experimentName, AppWorldName.path(name) != name {
            diagnostics.error(
                "'\(name)' cannot be the name of a directory", at: node["experiment_name"] ?? node,
                advice: "write letters, digits, '_', '-' and '.'")
        }
    }
}
