import Evaluation
public import JSON

/// What a Python environment has of the packages that training needs.
public struct PythonPackages: Sendable {
    /// What every training by TRL needs.
    public static let required = ["torch", "transformers", "trl", "datasets"]
    /// What only some trainings need: adapters, four-bit models.
    public static let optional = ["peft", "bitsandbytes", "accelerate"]

    /// The interpreter.
    public let interpreter: PythonInterpreter
    /// Python's own version.
    public let pythonVersion: String
    /// The installed versions by package.
    public let versions: [String: String]
    /// What `import` of the required packages said when it failed; nil when it worked or was not tried.
    public let importFailure: String?
    /// The GPUs that torch sees; nil when it was not asked.
    public let gpus: Int?

    /// The required packages that are not installed.
    public var missing: [String] { Self.required.filter { versions[$0] == nil } }

    /// Whether training by TRL can be tried.
    public var isComplete: Bool { missing.isEmpty && importFailure == nil }

    // Versions are read from the packages' metadata, which takes a moment; importing them takes seconds.
    private static let program = """
        import importlib.metadata, json, platform, sys
        versions = {}
        for name in sys.argv[2:]:
            try:
                versions[name] = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                pass
        result = {"python": platform.python_version(), "versions": versions, "import_failure": None, "gpus": None}
        if sys.argv[1] == "import":
            try:
                import torch, datasets, transformers
                from trl import DPOConfig, DPOTrainer
                result["gpus"] = torch.cuda.device_count()
            except Exception as error:
                result["import_failure"] = f"{type(error).__name__}: {error}"
        print(json.dumps(result))
        """

    /// Asks an interpreter; with `importing` the required packages are loaded too, which takes some seconds.
    ///
    /// Throws ``EvaluationError`` where the interpreter does not run.
    public static func examine(
        _ interpreter: PythonInterpreter, variables: [String: String], importing: Bool
    ) async throws -> PythonPackages {
        var run = PythonRun(
            "asking \(interpreter.path) for its packages", interpreter.path,
            ["-c", program, importing ? "import" : "list"] + required + optional,
            variables: PythonVariables.training(variables, isOffline: true))
        run.timeout = .seconds(120)
        let lines: PythonRun.Outcome
        do {
            lines = try await run()
        } catch var error as EvaluationError {
            error.code = .pythonMissing
            error.cause = .configuration
            error.advice = "name a Python interpreter with --python or $\(PythonInterpreter.variable)"
            throw error
        }
        guard let answer = lines.metrics, let version = answer["python"]?.stringValue else {
            throw EvaluationError(
                .pythonMissing, "'\(interpreter.path)' does not answer like a Python interpreter",
                cause: .configuration, advice: "name one with --python or $\(PythonInterpreter.variable)")
        }
        var versions: [String: String] = [:]
        for (name, value) in answer["versions"]?.objectValue ?? [:] { versions[name] = value.stringValue }
        return PythonPackages(
            interpreter: interpreter, pythonVersion: version, versions: versions,
            importFailure: answer["import_failure"]?.stringValue, gpus: answer["gpus"]?.intValue)
    }

    /// Throws ``EvaluationError``, cause `configuration`, when a package that is needed is missing.
    func require(_ more: [String] = []) throws(EvaluationError) {
        let missing = (Self.required + more).filter { versions[$0] == nil }
        guard !missing.isEmpty else { return }
        throw EvaluationError(
            .pythonPackageMissing,
            "\(interpreter.path) (\(interpreter.origin)) lacks \(missing.joined(separator: ", "))",
            cause: .configuration, advice: Self.remedy)
    }

    /// What to do about missing packages.
    public static let remedy =
        "install them with `gage proactive setup-venv`, or train without Python: --model native"

    /// The report for programs.
    public var json: JSONValue {
        var installed: JSONObject = [:]
        for name in Self.required + Self.optional {
            installed[name] = versions[name].map { .string($0) } ?? .null
        }
        return [
            "python": .string(interpreter.path), "origin": .string(interpreter.origin),
            "version": .string(pythonVersion), "packages": .object(installed),
            "missing": .array(missing.map { .string($0) }),
            "import_failure": importFailure.map { .string($0) } ?? .null,
            "gpus": gpus.map { JSONValue($0) } ?? .null, "complete": .bool(isComplete),
        ]
    }
}
