import Evaluation
import JSON
import Processes

/// The keys of every `command` component: a program of the user's, and what it is given.
struct ProgramSettings: Parameters {
    var command = OneOrMany<String>()
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var workingDirectory: String?
    var timeout = 60.0
    var processes = 4
    var settings: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("command", \.command, "The program, alone or with its arguments: `[python3, judge.py]`.") {
                $0.isRequired = true
            },
            .init("args", \.arguments, "The program's arguments, after those of the command."),
            .init("env", \.environment, "The program's environment variables, beside HOME, PATH and the like.") {
                $0.isSecret = true
            },
            .init("working_directory", \.workingDirectory, "Where the program starts; where gage was started.") {
                $0.aliases = ["cwd"]
            },
            .init("timeout_s", \.timeout, "The longest time for one request, in seconds.") { $0.minimum = 0.001 },
            .init(
                "processes", \.processes, "How many processes of the program work side by side, each on one request."
            ) {
                $0.minimum = 1
                $0.maximum = 256
            },
            .init("settings", \.settings, "What the program is given with every request."),
        ]
    }

    /// The program's name and arguments.
    var words: [String] { command.values + arguments }

    /// What is started; throws ``EvaluationError`` where nothing is named.
    func processCommand() throws(EvaluationError) -> ProcessCommand {
        guard let program = words.first, !program.isEmpty else {
            throw EvaluationError(
                .configurationInvalid, "'command' names no program", cause: .configuration,
                advice: "write it as [python3, judge.py]")
        }
        var command = ProcessCommand(program, Array(words.dropFirst()))
        command.environment = .usual(adding: environment)
        command.workingDirectory = workingDirectory
        command.outputLimit = .truncateHeadTail(head: 1 << 12, tail: 1 << 16)
        return command
    }
}
