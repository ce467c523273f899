import Evaluation

/// The parameters of `swebench_repo`.
struct RepositoryParameters: Parameters {
    var source = "docker_image"
    var root = "/app"
    var history = RepositoryHistory.strip
    var topFiles = 20
    var mapFiles = 0
    var mapLines = 120
    var mapScanLines = 400
    var mapSymbols = 4
    var treeDepth = 3
    var treeLines = 200
    var fileLines = 200
    var fileCharacters = 8_000
    var totalCharacters = 60_000
    var usesTestNames = false
    var commandTimeout = 180
    var longestCommandTimeout = 900
    var executionTimeout: Int?
    var blocksNetwork: Bool?

    static var fields: [ParameterField<Self>] { placeFields + contextFields + toolFields }

    private static var placeFields: [ParameterField<Self>] {
        [
            .init("repo_source", \.source, "Where the repository is: in the sandbox's image.") {
                $0.allowed = ["docker_image"]
            },
            .init("repo_root", \.root, "The repository's folder in the sandbox."),
            .init("history", \.history, "What the agent's copy keeps of the repository's history."),
            .init("block_network", \.blocksNetwork, "Whether the agent works without a network.") {
                $0.ignoredBecause = "the sandbox profile's network_mode says so"
            },
        ]
    }

    private static var contextFields: [ParameterField<Self>] {
        [
            .init("topk_files", \.topFiles, "How many files the prompt shows.") { $0.minimum = 0 },
            .init("repo_map_max_files", \.mapFiles, "How many files the list of symbols covers.") { $0.minimum = 0 },
            .init("repo_map_max_lines", \.mapLines, "The list's largest number of lines.") { $0.minimum = 1 },
            .init("repo_map_scan_lines", \.mapScanLines, "How many lines of a file are searched for symbols.") {
                $0.minimum = 1
            },
            .init("repo_map_max_symbols_per_file", \.mapSymbols, "How many symbols of a file are listed.") {
                $0.minimum = 1
            },
            .init("max_tree_depth", \.treeDepth, "How deep the list of folders goes.") { $0.minimum = 1 },
            .init("max_tree_lines", \.treeLines, "The list's largest number of lines.") { $0.minimum = 0 },
            .init("max_file_lines", \.fileLines, "The most lines shown of a file.") { $0.minimum = 1 },
            .init("max_file_chars", \.fileCharacters, "The most characters shown of a file.") { $0.minimum = 1 },
            .init("max_context_chars", \.totalCharacters, "The most characters of all that together.") {
                $0.minimum = 0
            },
            .init(
                "use_test_names", \.usesTestNames,
                "Whether hidden tests decide which files are shown, which tells the agent about them."),
        ]
    }

    private static var toolFields: [ParameterField<Self>] {
        [
            .init("command_timeout_s", \.commandTimeout, "Seconds of a command that asks for nothing.") {
                $0.minimum = 1
            },
            .init("max_command_timeout_s", \.longestCommandTimeout, "The most seconds that a command may ask for.") {
                $0.minimum = 1
            },
            .init("exec_timeout_s", \.executionTimeout, "Seconds of the commands that look at the repository.") {
                $0.minimum = 1
            },
        ]
    }
}
