import Evaluation

/// Makes a virtual environment with the packages that training needs.
public struct VirtualEnvironment: Sendable {
    /// Where it goes.
    public var directory: String
    /// The interpreter that it is made with.
    public var interpreter: PythonInterpreter
    /// The environment variables of this process.
    public var variables: [String: String]
    /// A directory of wheels to look in besides the index, such as a CPU build of torch.
    public var findLinks: String?
    /// How long a step may take.
    public var timeout: Duration = .seconds(3600)
    /// Told of every line of output.
    public var onLine: (@Sendable (String) -> Void)?

    /// Plans an environment.
    public init(directory: String, interpreter: PythonInterpreter, variables: [String: String]) {
        self.directory = directory
        self.interpreter = interpreter
        self.variables = variables
    }

    /// Makes it, with uv where that is installed and else with venv and pip; an existing one is completed.
    ///
    /// The output of both steps is in `<directory>/setup-1.log` and `setup-2.log`. Returns the environment's interpreter. Throws ``EvaluationError`` with
    /// the last lines of output where a step fails.
    public func setUp() async throws -> PythonInterpreter {
        try ProactiveFiles.makeDirectory(directory)
        let requirements = "\(directory)/\(PythonPrograms.requirements)"
        guard let file = PythonPrograms.files.first(where: { $0.name == PythonPrograms.requirements }) else {
            preconditionFailure("the requirements are among the programs")
        }
        try ProactiveFiles.write(file.text, to: requirements)
        let python = "\(directory)/bin/python"
        for (place, step) in steps(python: python, requirements: requirements).enumerated() {
            // What is there already is not made again.
            if place == 0, ProactiveFiles.isExecutable(python) { continue }
            var run = PythonRun(
                place == 0 ? "making the environment" : "installing the packages", step[0], Array(step.dropFirst()),
                variables: PythonVariables.installation(variables))
            run.logPath = "\(directory)/setup-\(place + 1).log"
            run.timeout = timeout
            run.onLine = onLine
            _ = try await run()
        }
        return PythonInterpreter(path: python, origin: directory)
    }

    private func steps(python: String, requirements: String) -> [[String]] {
        let links = findLinks.map { ["--find-links", $0] } ?? []
        if let uv = PythonInterpreter.onSearchPath("uv", variables) {
            return [
                [uv, "venv", "--python", interpreter.path, directory],
                [uv, "pip", "install", "--python", python, "-r", requirements] + links,
            ]
        }
        return [
            [interpreter.path, "-m", "venv", directory],
            [python, "-m", "pip", "install", "--progress-bar", "off", "-r", requirements] + links,
        ]
    }
}
