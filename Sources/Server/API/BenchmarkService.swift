public import JSON

/// A benchmark that the server can run: what is asked for is checked here, run here, and read back from here.
///
/// The server knows no benchmark by name. It queues, counts and streams; everything that a model, a subset or a task means
/// is the service's.
public protocol BenchmarkService: Sendable {
    /// What is being served, for `/openapi.json`: a short title.
    var title: String { get }
    /// The subsets that can be asked for, in the order in which they are listed.
    var subsets: [String] { get }

    /// Checks what is asked for and gives everything in it the name that holds; nothing is begun.
    ///
    /// Throws ``APIProblem`` for everything that the client can put right: an unknown model, subset, task or run.
    func resolve(_ request: RunRequest) async throws -> RunRequest

    /// Prepares a run of a request that was resolved.
    ///
    /// Throws ``APIProblem`` when it cannot be run, as when the run to go on with is held by another process.
    func prepare(_ request: RunRequest) async throws -> any BenchmarkRun

    /// The latest run of this resolved request that completed; nil when there is none.
    func latestRun(matching request: RunRequest) async throws -> String?

    /// The runs that are on disk, the latest first, at most `limit` of them.
    func runs(limit: Int) async throws -> [RunDescription]

    /// A run that is on disk; nil when there is none of this id.
    func run(_ id: String) async throws -> RunDescription?

    /// The scores that a run has so far, in the order of its tasks and trials; empty before it has any.
    func scores(ofRun id: String) async throws -> [ScoreRow]

    /// The messages of one attempt at a task, one JSON object each; nil when the run has no such attempt.
    func trajectory(ofRun id: String, task: String, trial: Int) async throws -> [JSONValue]?
}

/// A run that was prepared and can be begun once.
public protocol BenchmarkRun: Sendable {
    /// Its id, which no other run has.
    var id: String { get }
    /// What it was asked for with, whole: the subset's tasks and the models by the names that hold.
    var request: RunRequest { get }
    /// How many attempts it will make; nil where that is not known.
    var planned: Int? { get }

    /// Runs to the end, or until ``stop()``, and leaves everything on disk.
    ///
    /// `report` is told what happens, in the order in which it happens. Never throws: what went wrong is in the ending.
    func perform(report: @escaping @Sendable (RunNews) -> Void) async -> RunEnding

    /// Asks the run to stop at once so that it can be gone on with; before ``perform(report:)``, it stops when it begins.
    func stop()
}

/// What is told of a run while it goes on.
public enum RunNews: Sendable {
    /// How it stands: counts by name.
    case progress(JSONObject)
    /// A task was finished.
    case scored(ScoreRow)
}

/// How a run ended.
public struct RunEnding: Sendable {
    /// The phase that it is in from now on.
    public var phase: RunPhase
    /// Why it did not complete, in a sentence.
    public var reason: String?

    /// Describes an ending.
    public init(_ phase: RunPhase, reason: String? = nil) {
        self.phase = phase
        self.reason = reason
    }
}

/// Where a run stands.
public enum RunPhase: String, Sendable, Hashable, CaseIterable {
    /// It waits for its turn.
    case queued
    /// It goes on.
    case running
    /// It was asked to stop and is about to.
    case stopping
    /// Every task has a score or an error.
    case completed
    /// It was stopped from outside and can be gone on with.
    case interrupted
    /// It stopped for a reason of its own and can be gone on with.
    case stopped
    /// It could not go on.
    case failed
    /// It was taken back before it began; nothing of it is on disk.
    case cancelled

    /// Whether nothing more will happen unless somebody asks for it.
    public var isOver: Bool {
        switch self {
        case .queued, .running, .stopping: false
        case .completed, .interrupted, .stopped, .failed, .cancelled: true
        }
    }
}
