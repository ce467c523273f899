import Evaluation
import JSON
import Storage

/// How many episodes were under way at each moment of the run's work, pauses between sessions left out.
///
/// Memory is bounded: where the run is longer than all ranges together, neighbours are joined.
struct ActivityHistory {
    private static let limit = 240

    private let sessions: [(start: Double, worked: Double)]
    private var width = 0.001
    private var began = [Int](repeating: 0, count: limit)
    private var ended = [Int](repeating: 0, count: limit)
    private var busy = [Double](repeating: 0, count: limit)
    private var used = 0

    init(sessions: [RunSession]) {
        let ordered = sessions.sorted { $0.startedAt < $1.startedAt }
        var worked = 0.0
        self.sessions = ordered.enumerated().map { place, session in
            // Nobody knows when a session that was killed ended: it is taken to last until the next one.
            let next = place + 1 < ordered.count ? ordered[place + 1].startedAt : session.startedAt
            let end = max(session.startedAt, session.endedAt ?? next)
            defer { worked += end - session.startedAt }
            return (session.startedAt, worked)
        }
    }

    /// Takes an episode, whatever its outcome.
    mutating func add(_ record: EpisodeRecord) {
        guard let session = sessions.last(where: { $0.start <= record.startedAt + 1 }) ?? sessions.first else { return }
        let start = session.worked + max(0, record.startedAt - session.start)
        let end = start + max(0, record.duration)
        guard start.isFinite, end.isFinite else { return }
        while end >= width * Double(Self.limit) { joinNeighbours() }
        let (first, last) = (Int(start / width), Int(end / width))
        began[first] += 1
        ended[last] += 1
        used = max(used, last + 1)
        for place in first...last {
            let from = max(start, Double(place) * width)
            let to = min(end, Double(place + 1) * width)
            busy[place] += max(0, to - from)
        }
    }

    private mutating func joinNeighbours() {
        width *= 2
        used = (used + 1) / 2
        for place in 0..<(Self.limit / 2) {
            began[place] = began[2 * place] + began[2 * place + 1]
            ended[place] = ended[2 * place] + ended[2 * place + 1]
            busy[place] = busy[2 * place] + busy[2 * place + 1]
        }
        for place in (Self.limit / 2)..<Self.limit { (began[place], ended[place], busy[place]) = (0, 0, 0) }
    }

    /// `{range_s, finished: […], in_flight: […]}`: by range of so many seconds, how many episodes finished, and how many
    /// were under way on average.
    var json: JSONValue? {
        guard used > 0 else { return nil }
        return [
            "range_s": JSONValue(width), "finished": .array(ended.prefix(used).map { JSONValue($0) }),
            "in_flight": .array(busy.prefix(used).map { JSONValue(($0 / width * 1000).rounded() / 1000) }),
        ]
    }
}
