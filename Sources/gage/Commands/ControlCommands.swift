import ArgumentParser
import Evaluation
import JSON
import Server
import Storage
import Transport

/// A run that goes on, named by its id or directory.
struct LiveRunArgument: ParsableArguments {
    @Argument(
        help: "The run: its id below --output-dir, or its directory; with shards, a shard's directory or all of them.",
        completion: .custom { _, _, _ in RunCompletion.liveRuns() })
    var run: String

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Flag(help: "Print what the run answers as JSON.")
    var json = false

    /// Tells the run what to do, and all shards of it that go on; `done` says in words what was done.
    func send(_ order: ControlOrder, saying done: String) async throws {
        for place in try livePlaces() {
            let name = place.runID + (place.shard.map { " \($0)" } ?? "")
            guard let path = ControlPlace(directory: place.path).socketPath else { throw Self.silent(name, place) }
            let answer: JSONValue
            do {
                answer = try await ControlClient(socketPath: path).send(order)
            } catch is HTTPError {
                throw Self.silent(name, place)
            }
            if json {
                Output.result(answer.text())
            } else {
                let count = answer["requeued"]?.intValue.map { ": \($0) episode\($0 == 1 ? "" : "s")" } ?? ""
                Output.result("\(name): \(done)\(count)")
            }
        }
    }

    private func livePlaces() throws -> [HeldDirectory] {
        let path = run.contains("/") ? run : try RunDirectory.location(in: outputDir, runID: run)
        let held = try RunDirectory.held(at: path).filter { $0.holder != nil }
        guard held.isEmpty else { return held }
        throw EvaluationError(
            .configurationInvalid, "no run '\(run)' goes on\(run.contains("/") ? "" : " in \(outputDir)")",
            cause: .configuration, advice: "`gage ps` lists those that do")
    }

    private static func silent(_ name: String, _ place: HeldDirectory) -> EvaluationError {
        let process = place.holder.map { "\($0)" } ?? "unknown"
        return EvaluationError(
            .storageFailed, "the run '\(name)' does not answer on its control socket", cause: .gage,
            advice: "its process is \(process); `kill -INT \(process)` stops it as Ctrl-C does")
    }
}

/// `gage stop`: asks a run to stop.
struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop a run that goes on, so that it can be gone on with.",
        discussion: "What is in flight finishes first, as after Ctrl-C; with --now it is cancelled.")

    @OptionGroup var target: LiveRunArgument

    @Flag(help: "Cancel what is in flight.")
    var now = false

    func run() async throws { try await target.send(.stop(now: now), saying: now ? "stopping at once" : "stopping") }
}

/// `gage suspend`: lets a run begin nothing new.
struct SuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Let a run that goes on begin nothing new; what is in flight finishes.",
        discussion: "The run's time (--max-time) goes on meanwhile. `gage resume` lets it go on.")

    @OptionGroup var target: LiveRunArgument

    func run() async throws { try await target.send(.pause, saying: "paused") }
}

/// `gage resume`: lets a paused run go on.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a paused run go on.",
        discussion: "A run whose process has ended goes on with `gage run` and the same --run-id.")

    @OptionGroup var target: LiveRunArgument

    func run() async throws { try await target.send(.resume, saying: "going on") }
}

/// `gage tune`: changes how much of a run goes on at once.
struct TuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Change how many episodes of a task, or calls of a backend, a run has at once.",
        discussion: "Example: gage tune retail-1 --task retail --concurrency 32")

    @OptionGroup var target: LiveRunArgument

    @Option(help: "The task whose episodes are meant.")
    var task: String?

    @Option(help: "The backend whose calls are meant.")
    var backend: String?

    @Option(help: "So many at once, from 1 on.")
    var concurrency: Int

    func validate() throws {
        guard (task == nil) != (backend == nil) else { throw ValidationError("give either --task or --backend") }
        guard concurrency >= 1 else { throw ValidationError("--concurrency wants a number from 1 on") }
    }

    func run() async throws {
        if let backend {
            return try await target.send(
                .limitBackend(backend, concurrency: concurrency), saying: "\(concurrency) calls of \(backend) at once")
        }
        guard let task else { return }
        try await target.send(
            .limitTask(task, concurrency: concurrency), saying: "\(concurrency) episodes of \(task) at once")
    }
}

/// `gage cancel`: leaves a task of a run.
struct CancelTaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Leave a task of a run that goes on; the run goes on with the next.",
        discussion: """
            What is in flight is cancelled and not counted; what is in the journal stays. The run ends as stopped, and \
            `gage run` with the same --run-id attempts the rest of the task.
            """)

    @OptionGroup var target: LiveRunArgument

    @Option(help: "The task.")
    var task: String

    func run() async throws { try await target.send(.cancel(task: task), saying: "leaving \(task)") }
}

/// `gage requeue`: attempts errored episodes again while their run goes on.
struct RequeueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue",
        abstract: "Attempt errored episodes of the task that goes on again, without waiting for the run's end.",
        discussion: "Example: gage requeue retail-1 retail:17__trial_0 retail:23__trial_0")

    @OptionGroup var target: LiveRunArgument

    @Argument(help: "The episodes, as TASK:SAMPLE__trial_N; SAMPLE alone where there is one task and one trial.")
    var episodes: [String] = []

    @Flag(help: "All errored episodes of the task.")
    var errored = false

    func validate() throws {
        guard errored == episodes.isEmpty else { throw ValidationError("name the episodes, or give --errored") }
    }

    func run() async throws {
        try await target.send(errored ? .requeueErrored : .requeue(episodes), saying: "to be attempted again")
    }
}
