import JSON
import Server
import Synchronization

/// A benchmark whose runs do what their model's name says, when the test says so.
///
/// `openai/instant` scores every task at once. `openai/slow` scores its first task, then waits until it is released or
/// stopped. `openai/broken` errs at every task, `openai/half` fails after its first.
final class FakeBenchmark: BenchmarkService {
    private struct State {
        var nextID = 1
        var runs: [String: FakeRun] = [:]
        var stored: [String: (description: RunDescription, rows: [ScoreRow])] = [:]
        var begun: [String: Latch] = [:]
    }

    let title = "fake"
    let subsets = ["retail", "airline"]
    /// Opened when slow runs may end.
    let release = Latch()
    /// Protects what runs there are and what they left.
    private let state = Mutex(State())

    func resolve(_ request: RunRequest) async throws -> RunRequest {
        if let id = request.runID {
            guard let stored = state.withLock({ $0.stored[id] }) else { throw APIProblem.unknownRun(id) }
            var known = stored.description.request
            known.runID = id
            return known
        }
        guard subsets.contains(request.subset) else {
            throw APIProblem.field("subset", "there is no such subset", advice: subsets.joined(separator: ", "))
        }
        for task in request.tasks where Int(task).map({ $0 > 9 }) ?? true {
            throw APIProblem(404, "unknown_task", "there is no task \(task)")
        }
        var resolved = request
        resolved.model = request.model.replacing("_", with: "/")
        return resolved
    }

    func prepare(_ request: RunRequest) async throws -> any BenchmarkRun {
        state.withLock { state in
            let id = request.runID ?? "run-\(state.nextID)"
            state.nextID += 1
            let run = FakeRun(id: id, request: request, benchmark: self)
            state.runs[id] = run
            return run
        }
    }

    func latestRun(matching request: RunRequest) async throws -> String? {
        state.withLock { state in
            state.stored.values.filter { $0.description.request == request && $0.description.phase == .completed }
                .map(\.description.id).max()
        }
    }

    func runs(limit: Int) async throws -> [RunDescription] {
        state.withLock { $0.stored.values.map(\.description).sorted { $0.id > $1.id } }
    }

    func run(_ id: String) async throws -> RunDescription? { state.withLock { $0.stored[id]?.description } }

    func scores(ofRun id: String) async throws -> [ScoreRow] { state.withLock { $0.stored[id]?.rows ?? [] } }

    func trajectory(ofRun id: String, task: String, trial: Int) async throws -> [JSONValue]? {
        guard try await scores(ofRun: id).contains(where: { $0.task == task && $0.trial == trial }) else { return nil }
        return [["role": "user", "content": "hello"], ["role": "assistant", "content": .string("about \(task)")]]
    }

    // MARK: For runs

    /// Returns once the run has begun and told its first score.
    func begins(_ id: String) async { await latch(id).wait() }

    func store(_ description: RunDescription, _ rows: [ScoreRow]) {
        state.withLock { $0.stored[description.id] = (description, rows) }
    }

    fileprivate func latch(_ id: String) -> Latch {
        state.withLock { state in
            if let known = state.begun[id] { return known }
            let latch = Latch()
            state.begun[id] = latch
            return latch
        }
    }

    /// How many runs were prepared so far.
    var preparedCount: Int { state.withLock { $0.nextID - 1 } }

    /// The runs that were asked to stop.
    var stopped: [String] { state.withLock { $0.runs.values.filter(\.isStopped).map(\.id).sorted() } }
}

/// A run of ``FakeBenchmark``.
final class FakeRun: BenchmarkRun {
    let id: String
    let request: RunRequest
    private let benchmark: FakeBenchmark
    private let stopping = Latch()
    private let wasStopped = Mutexed(false)

    init(id: String, request: RunRequest, benchmark: FakeBenchmark) {
        (self.id, self.request, self.benchmark) = (id, request, benchmark)
    }

    var planned: Int? { tasks.count }
    var isStopped: Bool { wasStopped.get() }

    private var tasks: [String] { request.tasks.isEmpty ? (0...9).map { String($0) } : request.tasks }

    func stop() {
        wasStopped.set(true)
        stopping.open()
    }

    func perform(report: @escaping @Sendable (RunNews) -> Void) async -> RunEnding {
        let kind = request.model.split(separator: "/").last.map(String.init) ?? ""
        var rows: [ScoreRow] = []
        var ending = RunEnding(.completed)
        for task in tasks {
            if isStopped {
                ending = RunEnding(.interrupted, reason: "interrupted")
                break
            }
            let row = Self.row(task, isErrored: kind == "broken", run: id)
            rows.append(row)
            keep(rows, RunEnding(.running))
            report(.scored(row))
            report(.progress(["done": JSONValue(rows.count)]))
            benchmark.latch(id).open()
            if kind == "half" {
                ending = RunEnding(.failed, reason: "the disk is full")
                break
            }
            if kind == "slow", rows.count == 1 { await pause() }
        }
        if rows.isEmpty { benchmark.latch(id).open() }
        keep(rows, ending)
        return ending
    }

    /// Waits for the release or the stop, whichever comes first.
    private func pause() async {
        let either = Latch()
        let (release, stopping) = (benchmark.release, stopping)
        await withDiscardingTaskGroup { group in
            group.addTask {
                await release.wait()
                either.open()
            }
            group.addTask {
                await stopping.wait()
                either.open()
            }
            await either.wait()
            release.open()
            stopping.open()
        }
    }

    private func keep(_ rows: [ScoreRow], _ ending: RunEnding) {
        var description = RunDescription(id: id, request: request, phase: ending.phase, startedAt: 1)
        description.reason = ending.reason
        description.planned = tasks.count
        description.scored = rows.count { !$0.isErrored }
        benchmark.store(description, rows)
    }

    private static func row(_ task: String, isErrored: Bool, run: String) -> ScoreRow {
        var line: JSONObject = ["task-id": .string("task-\(task)"), "score": isErrored ? .null : 1.0]
        line["run"] = .string(run)
        if isErrored { line["error"] = "the provider is away" }
        return ScoreRow(task: task, trial: 0, isErrored: isErrored, line: line)
    }
}
