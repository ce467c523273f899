public import Evaluation
public import JSON
import Synchronization

/// A request that the mock server received.
public struct MockRecord: Sendable {
    /// Its number, counted from 1 in the order of arrival.
    public var number: Int
    /// Its header fields, names in lower case; credentials are replaced by `***`.
    public var headers: [String: String]
    /// Its body.
    public var body: JSONValue
    /// The episode that it serves, where it says so.
    public var episode: EpisodeID?

    var json: JSONValue {
        var fields: JSONObject = [:]
        for name in headers.keys.sorted() { fields[name] = headers[name].map { .string($0) } }
        var object: JSONObject = ["number": JSONValue(number), "headers": .object(fields), "body": body]
        if let episode { object["episode"] = .string(episode.description) }
        return .object(object)
    }
}

/// What the mock server has seen and done.
public struct MockStatistics: Sendable, Hashable {
    /// Chat requests received.
    public var requests = 0
    /// Chat requests being answered.
    public var inFlight = 0
    /// The most at a time.
    public var maximumInFlight = 0
    /// Requests refused because there were too many at a time.
    public var refused = 0
    /// Faults that were inflicted, by kind.
    public var faults: [MockFault.Kind: Int] = [:]

    /// Nothing yet.
    public init() {}
}

/// Keeps count of requests and faults.
final class MockLedger: Sendable {
    private struct State {
        var statistics = MockStatistics()
        var records: [MockRecord] = []
    }

    private static let credentials: Set<String> = [
        "authorization", "api-key", "x-api-key", "x-goog-api-key", "cookie",
    ]

    private let kept: Int
    /// Protects the counts and the latest requests.
    private let state = Mutex(State())

    init(kept: Int) { self.kept = kept }

    var statistics: MockStatistics { state.withLock(\.statistics) }

    var records: [MockRecord] { state.withLock(\.records) }

    /// Counts a request in; its number.
    func begin() -> Int {
        state.withLock { state in
            state.statistics.requests += 1
            state.statistics.inFlight += 1
            state.statistics.maximumInFlight = max(state.statistics.maximumInFlight, state.statistics.inFlight)
            return state.statistics.requests
        }
    }

    func end() {
        state.withLock { $0.statistics.inFlight -= 1 }
    }

    func refuse() {
        state.withLock { $0.statistics.refused += 1 }
    }

    func count(_ fault: MockFault.Kind) {
        state.withLock { $0.statistics.faults[fault, default: 0] += 1 }
    }

    func keep(_ record: MockRecord) {
        guard kept > 0 else { return }
        var record = record
        for name in record.headers.keys where Self.credentials.contains(name) { record.headers[name] = "***" }
        state.withLock { state in
            if state.records.count >= kept { state.records.removeFirst(state.records.count - kept + 1) }
            state.records.append(record)
        }
    }

    var json: JSONValue {
        let (statistics, records) = state.withLock { ($0.statistics, $0.records) }
        var faults: JSONObject = [:]
        for kind in MockFault.Kind.allCases {
            if let count = statistics.faults[kind] { faults[kind.rawValue] = JSONValue(count) }
        }
        return [
            "count": JSONValue(statistics.requests), "in_flight": JSONValue(statistics.inFlight),
            "maximum_in_flight": JSONValue(statistics.maximumInFlight), "refused": JSONValue(statistics.refused),
            "faults": .object(faults),
            "requests": .array(records.map(\.json)),
        ]
    }
}
