import Evaluation
import FoundationEssentials
import Testing

@testable import Proactive

/// A shell script in the place of Python: it says which packages it has, and does as told for everything else.
final class FakePython: Sendable {
    let directory: String
    var path: String { "\(directory)/bin/python" }
    var interpreter: PythonInterpreter { PythonInterpreter(path: path, origin: "test") }

    /// `behaviour` is what it does when it is to train, in the language of /bin/sh.
    init(lacking missing: String? = nil, behaviour: String) throws {
        directory = try ProactiveFiles.temporaryDirectory()
        let versions = PythonPackages.required.filter { $0 != missing }.map { "\"\($0)\": \"1\"" }
            .joined(separator: ", ")
        let script = """
            #!/bin/sh
            if [ "$1" = -c ]; then
                echo '{"python": "3.11.0", "versions": {\(versions)}, "import_failure": null, "gpus": 0}'
                exit 0
            fi
            \(behaviour)
            """
        try ProactiveFiles.write(script, to: "\(directory)/bin/python")
        try ProactiveFiles.makeExecutable("\(directory)/bin/python")
    }

    deinit {
        // What a test leaves behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// A trainer that runs it.
    func trainer(variables: [String: String] = [:]) -> LanguageModelTrainer {
        LanguageModelTrainer(
            engine: .trl, model: LanguageModelSettings(model: LanguageModelSettings.tinyRandom), training: .init(),
            python: interpreter, variables: ["PATH": "/usr/bin:/bin"].merging(variables) { $1 })
    }

    static let metrics = """
        {"base_model": "init", "first_loss": 0.6931, "last_loss": 0.5, "heldout_accuracy": 0.75, \
        "curve": [{"step": 1, "loss": 0.6931, "accuracy": 0.0}, {"step": 2, "loss": 0.5, "accuracy": 1.0}]}
        """
}
