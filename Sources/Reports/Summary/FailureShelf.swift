import Evaluation
import JSON

/// The episodes without full marks that a report shows: of every kind some, and of each no more than a page can hold.
struct FailureShelf {
    /// The most episodes that did badly, that failed with one kind of error, and that could not be judged.
    private static let scoredLimit = 48
    private static let perCodeLimit = 3
    private static let erroredLimit = 24
    private static let unscorableLimit = 6
    /// How much of one episode is kept.
    private static let limits = TranscriptLimits(text: 4_000, messages: 60, picture: 0)

    /// How many of each task there is room for.
    private let perTask: Int
    private var tasks: [String: Int] = [:]

    /// An empty shelf for a run of so many tasks.
    init(tasks: Int) { perTask = max(2, Self.scoredLimit / max(1, tasks)) }

    /// Those that were scored below full marks, in plan order.
    private(set) var scored: [TranscriptView] = []
    /// Those that errored, in plan order.
    private(set) var errored: [TranscriptView] = []
    /// Those that cannot be judged, in plan order.
    private(set) var unscorable: [TranscriptView] = []
    /// How many episodes are without full marks.
    private(set) var count = 0
    private var codes: [EvaluationError.Code: Int] = [:]

    /// Takes an episode, and keeps it where it is without full marks and there is room.
    mutating func add(_ record: EpisodeRecord) {
        switch record.outcome {
        case .scored:
            guard !TranscriptView.succeeded(record) else { return }
            if scored.count < Self.scoredLimit, tasks[record.id.task, default: 0] < perTask {
                tasks[record.id.task, default: 0] += 1
                scored.append(Self.view(of: record))
            }
        case .errored(let error):
            if errored.count < Self.erroredLimit, codes[error.code, default: 0] < Self.perCodeLimit {
                codes[error.code, default: 0] += 1
                errored.append(Self.view(of: record))
            }
        case .unscorable:
            if unscorable.count < Self.unscorableLimit { unscorable.append(Self.view(of: record)) }
        }
        count += 1
    }

    /// All that are kept: what the agent did badly, then what went wrong around it.
    var kept: [TranscriptView] { scored + errored + unscorable }

    private static func view(of record: EpisodeRecord) -> TranscriptView {
        var view = TranscriptView(record, limits: limits)
        // What does not fit on a page of many is in the journal.
        view.metadata = [:]
        view.findings = Array(view.findings.prefix(40))
        view.worldChanges = Array(view.worldChanges.prefix(40))
        return view
    }
}
