import Evaluation

/// The keys of an `mcp_clients` entry whose server is a program that gage starts.
struct ProgramParameters: Parameters {
    var command = OneOrMany<String>()
    var args: [String] = []
    var env: [String: String] = [:]
    var workingDirectory: String?
    var endpoint: String?
    var session = SessionParameters()

    static var fields: [ParameterField<Self>] {
        [
            .init("command", \.command, "The program that serves, alone or with its arguments.") {
                $0.isRequired = true
            },
            .init("args", \.args, "The program's arguments, after those of the command."),
            .init("env", \.env, "The program's environment variables, beside HOME, PATH and the like.") {
                $0.isSecret = true
            },
            .init("working_directory", \.workingDirectory, "Where the program starts; the run's base directory.") {
                $0.aliases = ["cwd"]
            },
            .init("endpoint", \.endpoint, "The server's address.") {
                $0.ignoredBecause = "a program that gage starts has no address"
            },
        ] + SessionParameters.fields.map { .init(of: \.session, $0) }
    }
}
