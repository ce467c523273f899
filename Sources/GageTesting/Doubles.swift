public import Evaluation
public import JSON

/// A role adapter that does what a closure says.
public struct ClosureAdapter: RoleAdapter {
    /// What it reads and writes.
    public let contract: StepContract
    private let body: @Sendable (inout Episode, EpisodeScope) async throws -> Void

    /// Makes an adapter.
    public init(
        contract: StepContract = StepContract(),
        _ body: @escaping @Sendable (inout Episode, EpisodeScope) async throws -> Void
    ) {
        self.contract = contract
        self.body = body
    }

    /// Calls the closure.
    public func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        try await body(&episode, scope)
    }
}

/// A metric that a closure computes.
public struct ClosureMetric: Metric {
    /// `mean`.
    public let defaultAggregation = "mean"
    private let body: @Sendable (Episode) throws -> Double?

    /// Makes a metric; the closure's nil means that it does not apply.
    public init(_ body: @escaping @Sendable (Episode) throws -> Double?) { self.body = body }

    /// Calls the closure.
    public func score(_ episode: Episode, as id: String) throws -> Score? {
        try body(episode).map { Score(metric: id, values: [id: $0]) }
    }
}

/// The plain mean, for tests that are not about intervals.
public struct PlainMean: Aggregation {
    private struct Sum: Accumulator {
        var sum = 0.0
        var count = 0

        mutating func add(_ row: MetricRow) {
            sum += row.score.values.values.first ?? 0
            count += 1
        }

        func finish() throws -> AggregateResult {
            AggregateResult(values: count > 0 ? [("mean", sum / Double(count))] : [], count: count)
        }
    }

    /// Makes the aggregation.
    public init() {}

    /// An accumulator that has seen nothing.
    public func makeAccumulator(seed: UInt64) -> any Accumulator { Sum() }
}

/// A data set whose records a closure makes one by one, so that tests can have any number of them.
public struct GeneratedLoader: DatasetLoader {
    private let count: Int
    private let knowsCount: Bool
    private let record: @Sendable (Int) throws -> JSONObject

    /// Makes a data set of so many records; `knowsCount` says whether it promises their number.
    public init(count: Int, knowsCount: Bool = true, record: @escaping @Sendable (Int) throws -> JSONObject) {
        self.count = count
        self.knowsCount = knowsCount
        self.record = record
    }

    /// A data set of plain questions `s0`, `s1`, ….
    public init(count: Int) {
        self.init(count: count) { index in
            ["id": .string("s\(index)"), "messages": [["role": "user", "content": .string("question \(index)")]]]
        }
    }

    /// Opens it.
    public func open(in context: DatasetContext) async throws -> Dataset {
        let (count, record) = (count, record)
        let stream = RecordStream {
            let position = RecordCounter()
            return {
                let index = position.next()
                guard index < count else { return nil }
                return DatasetRecord(fields: try record(index), origin: "generated:\(index + 1)")
            }
        }
        return Dataset(metadata: ["loader": "generated"], count: knowsCount ? count : nil, records: stream)
    }
}
