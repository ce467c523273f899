import ArgumentParser
import Evaluation
import JSON
import Proactive
import Reports

/// `gage proactive doctor`: whether language models can be trained here.
struct ProactiveDoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say which Python packages are there for training by TRL, and what to do about missing ones.",
        discussion: "Exit codes: 0 training by TRL can run; 2 there is no Python; 4 a package is missing or broken.")

    @OptionGroup var python: ProactivePythonOptions

    @Flag(help: "Read the versions only; do not import the packages, which takes some seconds.")
    var quick = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let packages = try await PythonPackages.examine(
            try python.interpreter(), variables: ProcessEnvironment.variables(), importing: !quick)
        if json { Output.result(packages.json.text()) } else { show(packages) }
        if !packages.isComplete { throw ExitStatus.belowGate.exitCode }
    }

    private func show(_ packages: PythonPackages) {
        let interpreter = packages.interpreter
        Output.result("python \(packages.pythonVersion): \(interpreter.path) (\(interpreter.origin))")
        var table = TextTable([.init("package"), .init("version"), .init("")])
        for name in PythonPackages.required {
            table.add([name, packages.versions[name] ?? "missing", "needed"])
        }
        for name in PythonPackages.optional {
            table.add([name, packages.versions[name] ?? "–", Self.use(of: name)])
        }
        for line in table.lines(on: Terminal()) { Output.result(line) }
        if let gpus = packages.gpus { Output.result("GPUs that torch sees: \(gpus)") }
        if let failure = packages.importFailure, packages.missing.isEmpty {
            Output.result("the packages are there and do not load: \(failure)")
        }
        Output.result(
            packages.isComplete
                ? "training by TRL can run; the native engine always can"
                : "training by TRL cannot run: \(PythonPackages.remedy)")
    }

    private static func use(of package: String) -> String {
        switch package {
        case "peft": "for adapters (--lora_r)"
        case "bitsandbytes": "for --load_in_4bit"
        default: "comes with trl"
        }
    }
}

/// `gage proactive setup-venv`: a virtual environment with the packages that training needs.
struct ProactiveSetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup-venv",
        abstract: "Make a virtual environment with TRL, by uv where it is installed and else by venv and pip.",
        discussion: """
            The versions are pinned to those that training was tried with. Of torch the index has a build for CUDA of \
            some GB; --find_links names a directory with another one. PIP_* and UV_* variables are passed on.
            Example: gage proactive setup-venv --dir venv
            """)

    @Option(name: .customLong("dir"), help: "Where the environment goes; ./venv is found without --python.")
    var directory = "venv"

    @Option(help: "The interpreter that it is made with; else $PROACT_PYTHON or python3.")
    var python: String?

    @Option(name: .customLong("find_links"), help: "A directory of wheels to look in besides the index.")
    var findLinks: String?

    func run() async throws {
        let variables = ProcessEnvironment.variables()
        let interpreter = try PythonInterpreter.find(named: python, variables: variables, directories: [])
        var environment = VirtualEnvironment(
            directory: directory, interpreter: interpreter, variables: variables)
        environment.findLinks = findLinks
        environment.onLine = { Output.note($0) }
        let made = try await ProactivePolicyCommands.interruptible(saying: "stopping") { [environment] in
            try await environment.setUp()
        }
        Output.result("ready: \(made.path)")
    }
}
