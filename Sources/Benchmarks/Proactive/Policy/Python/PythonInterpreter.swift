public import Evaluation

/// The Python that training runs in, and who named it.
public struct PythonInterpreter: Sendable, Hashable {
    /// Where it is.
    public let path: String
    /// Who named it: `--python`, `$PROACT_PYTHON`, a virtual environment, or the search path.
    public let origin: String

    init(path: String, origin: String) {
        self.path = path
        self.origin = origin
    }

    /// The variable that names an interpreter.
    public static let variable = "PROACT_PYTHON"

    /// Finds the interpreter: the one that is named, the variable's, that of a virtual environment beside the run, or
    /// `python3`.
    ///
    /// `directories` are looked through for `venv` and `.venv`. Throws ``EvaluationError``, cause `configuration`, where
    /// the named one is no program, or none is found.
    public static func find(
        named: String?, variables: [String: String], directories: [String]
    ) throws(EvaluationError) -> PythonInterpreter {
        if let named { return try given(named, by: "--python", variables) }
        if let value = variables[variable], !value.isEmpty { return try given(value, by: "$\(variable)", variables) }
        for directory in directories {
            for name in ["venv", ".venv"] {
                let path = "\(directory)/\(name)/bin/python"
                if ProactiveFiles.isExecutable(path) { return Self(path: path, origin: "\(directory)/\(name)") }
            }
        }
        if let path = onSearchPath("python3", variables) { return Self(path: path, origin: "PATH") }
        throw EvaluationError(
            .pythonMissing, "there is no python3 on this machine", cause: .configuration,
            advice: "install Python 3.10 or newer, or train without it: --model native")
    }

    private static func given(
        _ name: String, by origin: String, _ variables: [String: String]
    ) throws(EvaluationError) -> PythonInterpreter {
        let path = name.contains("/") ? name : onSearchPath(name, variables) ?? name
        guard ProactiveFiles.isExecutable(path) else {
            throw EvaluationError(
                .pythonMissing, "'\(name)', named by \(origin), is no program that can be run",
                cause: .configuration, advice: "name a Python interpreter, such as venv/bin/python")
        }
        return Self(path: path, origin: origin)
    }

    static func onSearchPath(_ name: String, _ variables: [String: String]) -> String? {
        (variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").lazy
            .map { "\($0)/\(name)" }.first(where: ProactiveFiles.isExecutable)
    }

    /// A program of the interpreter's own environment, such as `trl`, or of the search path.
    func program(_ name: String, variables: [String: String]) -> String? {
        if let cut = path.lastIndex(of: "/") {
            let beside = "\(path[..<cut])/\(name)"
            if ProactiveFiles.isExecutable(beside) { return beside }
        }
        return Self.onSearchPath(name, variables)
    }
}

extension EvaluationError.Code {
    /// There is no Python interpreter, or the named one is none.
    public static let pythonMissing = Self("policy.python_missing")
    /// A Python package that training needs is not installed.
    public static let pythonPackageMissing = Self("policy.package_missing")
    /// The training program failed.
    public static let trainingFailed = Self("policy.training_failed")
    /// The training program took too long.
    public static let trainingTimedOut = Self("policy.training_timeout")
}
