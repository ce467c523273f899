import JSON
import Processes
import Testing

/// A run of a model that repeats its prompt, in a directory of its own: many short episodes and no network.
struct ChaosEcho: ~Copyable {
    let directory: TemporaryDirectory

    /// `padding` bytes make every question longer.
    init(samples: Int = 60, padding: Int = 0) throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("chaos", concurrency: 4), to: "run.yaml")
        let pad = String(repeating: "x", count: padding)
        let records = (0..<samples).map { number in
            #"{"id": "s\#(number)", "question": "\#(number)?\#(pad)", "answer": "\#(number % 7)?\#(pad)"}"#
        }
        try directory.write(records.joined(separator: "\n"), to: "data.jsonl")
        self.directory = directory
    }

    /// The words of a run's command line after the program's name.
    func arguments(_ id: String, _ more: [String] = [], output: String? = nil) -> [String] {
        ["run", "--config", "run.yaml", "--run-id", id, "--output-dir", output ?? directory.path] + more
    }

    func command(
        _ id: String, _ more: [String] = [], output: String? = nil, environment: [String: String] = [:]
    ) -> ProcessCommand {
        GageBinary.command(arguments(id, more, output: output), in: directory.path, environment: environment)
    }

    func run(
        _ id: String, _ more: [String] = [], environment: [String: String] = [:]
    ) async throws -> ProcessResult {
        try await Processes.run(command(id, more + ["-q"], environment: environment))
    }

    /// Runs a shell script of root's in a mount namespace of its own, with the binary as `$GAGE`.
    func inMountNamespace(_ script: String) async throws -> ProcessResult {
        var command = ProcessCommand("unshare", ["-m", "/bin/sh", "-c", "mount --make-rprivate / && \(script)"])
        command.workingDirectory = directory.path
        command.environment = .inheritAdding(["GAGE": GageBinary.path, "NO_COLOR": "1"])
        command.deadline = .seconds(120)
        return try await Processes.run(command)
    }

    /// What a run came to.
    func outcome(_ run: String) throws -> ChaosRun { try ChaosRun(directory, run) }

    /// Makes an undisturbed run called `calm` and gives what it came to.
    func calm(_ more: [String] = []) async throws -> ChaosRun {
        let result = try await run("calm", more)
        #expect(result.code == 0, "\(result.complaint)")
        let calm = try outcome("calm")
        #expect(calm.hasEachEpisodeOnce)
        return calm
    }

    /// As many trials as it takes for something to happen in between.
    static func trials(_ count: Int) -> [String] { ["--set", "tasks[0].trials=\(count)"] }
}
