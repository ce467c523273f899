public import Engine
import Evaluation
import Glibc
import JSON
import Processes
import Synchronization

/// Runs a study's workers: child processes of this program, each with its share of the tasks.
///
/// A worker that dies is started again and goes on from its journal. Stopping the launcher stops the workers as an
/// interrupt of `gage run` does: what is in flight may finish, a second request ends it at once.
public struct StudyLauncher: Sendable {
    /// How the workers are run.
    public struct Options: Sendable {
        /// The program, which is this one.
        public var executable: String
        /// Arguments of every worker's `gage run` besides those that say what to run.
        public var arguments: [String] = []
        /// What has been spent already, in US dollars.
        public var spent = 0.0
        /// How often a worker that died is started again.
        public var restarts = 2

        /// Runs a program.
        public init(executable: String) { self.executable = executable }
    }

    /// What is worth telling while the workers work.
    public enum Event: Sendable, Hashable {
        /// How far all workers together are.
        case progress(done: Int, planned: Int, cost: Double)
        /// Something happened, in a sentence.
        case note(String)
    }

    /// How the work ended.
    public enum Ending: Sendable, Hashable {
        /// Every worker finished its share.
        case finished
        /// The user stopped it.
        case interrupted
        /// The money is used up.
        case maxPriceReached
        /// A worker could not go on; the text says which and why.
        case failed(String)
    }

    private let directory: StudyDirectory
    private let design: StudyDesign
    private let options: Options
    private let control: RunControl
    private let report: @Sendable (Event) -> Void

    /// Prepares to run the workers of a study; `report` may be called from anywhere.
    public init(
        directory: StudyDirectory, design: StudyDesign, options: Options, control: RunControl,
        report: @escaping @Sendable (Event) -> Void
    ) {
        self.directory = directory
        self.design = design
        self.options = options
        self.control = control
        self.report = report
    }

    /// What the tasks of the launcher share.
    private final class Shared: Sendable {
        struct State {
            var progress: [Int: WorkerProgress] = [:]
            /// What a worker's earlier processes of this launch have spent.
            var earlierCost: [Int: Double] = [:]
            var children: [Int: Int32] = [:]
            var isStopping = false
            var isOverPrice = false
        }

        /// Protects what the workers report and which of them are alive.
        let state = Mutex(State())
    }

    private enum Happening: Sendable {
        case ended(worker: Int, problem: String?)
        case watchEnded
    }

    /// Runs all workers to their ends.
    public func run() async -> Ending {
        let shared = Shared()
        return await withTaskGroup(of: Happening.self) { group in
            for worker in 1...design.workers {
                group.addTask { .ended(worker: worker, problem: await work(worker, shared)) }
            }
            group.addTask {
                await forwardRequests(to: shared)
                return .watchEnded
            }
            var problems: [String] = []
            var running = design.workers
            while running > 0, let happening = await group.next() {
                guard case .ended(let worker, let problem) = happening else { continue }
                running -= 1
                if let problem { problems.append("worker \(worker): \(problem)") }
            }
            group.cancelAll()
            return ending(problems, shared)
        }
    }

    private func ending(_ problems: [String], _ shared: Shared) -> Ending {
        let isOverPrice = shared.state.withLock { $0.isOverPrice }
        if isOverPrice { return .maxPriceReached }
        if control.requests > 0 { return .interrupted }
        return problems.isEmpty ? .finished : .failed(problems.joined(separator: "\n"))
    }

    /// Hands the user's requests on, each once, for as long as workers work.
    private func forwardRequests(to shared: Shared) async {
        var seen = 0
        while !Task.isCancelled {
            await control.waitForRequest(after: seen)
            guard control.requests > seen else { return }
            seen = control.requests
            stop(shared)
        }
    }

    private func stop(_ shared: Shared) {
        shared.state.withLock { state in
            state.isStopping = true
            for child in state.children.values { kill(child, SIGINT) }
        }
    }

    /// Runs one worker, again where it died, and says in a sentence what went wrong in the end.
    private func work(_ worker: Int, _ shared: Shared) async -> String? {
        for attempt in 0...options.restarts {
            let result: ProcessResult
            do {
                result = try await runOnce(worker, attempt: attempt, shared)
            } catch {
                return error.message
            }
            let isStopping = shared.state.withLock { $0.isStopping }
            switch result.termination {
            case .exited(0), .exited(3): return nil
            case .exited(130) where isStopping: return nil
            case .exited(130):
                shared.state.withLock { $0.isOverPrice = design.maxPrice != nil }
                return "it stopped before its end"
            case .exited(2): return complaint(of: result)
            case .exited(let code) where isStopping || attempt == options.restarts:
                return "it ended with exit code \(code): \(complaint(of: result))"
            case .signalled(let signal) where isStopping || attempt == options.restarts:
                return "signal \(signal) ended it"
            case .exited(let code): report(.note("worker \(worker) ended with exit code \(code) and is started again"))
            case .signalled(let signal):
                report(.note("worker \(worker) was ended by signal \(signal) and is started again"))
            }
        }
        return nil
    }

    private func complaint(of result: ProcessResult) -> String {
        let lines = result.standardError.text.split(separator: "\n")
        return lines.suffix(4).joined(separator: "\n")
    }

    private func runOnce(
        _ worker: Int, attempt: Int, _ shared: Shared
    ) async throws(ProcessError) -> ProcessResult {
        let child = try await ChildProcess.start(command(for: worker, shared))
        shared.state.withLock { state in
            state.children[worker] = child.processIdentifier
            // A request that came while it started has not reached it.
            if state.isStopping { kill(child.processIdentifier, SIGINT) }
        }
        while let line = try await child.nextLine() { take(line, from: worker, shared) }
        let result = try await child.wait()
        shared.state.withLock { state in
            state.children[worker] = nil
            state.earlierCost[worker, default: 0] += state.progress[worker]?.settle() ?? 0
        }
        keepLog(result, of: worker, attempt: attempt)
        return result
    }

    private func command(for worker: Int, _ shared: Shared) -> ProcessCommand {
        var arguments = [
            "run", "--config", directory.place(StudyDirectory.Name.configuration), "--output-dir", directory.path,
            "--run-id", StudyDirectory.Name.run, "--json",
        ]
        if design.workers > 1 { arguments += ["--shard", "\(worker)/\(design.workers)"] }
        if let price = design.maxPrice {
            let earlier = shared.state.withLock { $0.earlierCost.values.reduce(0, +) }
            arguments += ["--max-cost", "\(max(0, price - options.spent - earlier))"]
        }
        return ProcessCommand(options.executable, arguments + options.arguments)
    }

    private func take(_ line: String, from worker: Int, _ shared: Shared) {
        let (event, mustStop) = shared.state.withLock { state in
            state.progress[worker, default: WorkerProgress()].read(line)
            let all = state.progress.values
            let cost =
                options.spent + state.earlierCost.values.reduce(0, +) + all.reduce(0) { $0 + $1.cost }
            let event = Event.progress(
                done: all.reduce(0) { $0 + $1.done }, planned: design.cellCount, cost: cost)
            guard let price = design.maxPrice, cost >= price, !state.isStopping else { return (event, false) }
            state.isOverPrice = true
            return (event, true)
        }
        report(event)
        if mustStop {
            report(.note("the price limit is reached; what is in flight may finish"))
            stop(shared)
        }
    }

    /// Keeps what a worker said about itself.
    private func keepLog(_ result: ProcessResult, of worker: Int, attempt: Int) {
        let name = "workers/\(worker)\(attempt > 0 ? "-\(attempt)" : "").log"
        do {
            try directory.write(result.standardError.text, to: name)
        } catch {
            report(.note("the log of worker \(worker) cannot be kept: \(error.message)"))
        }
    }
}
