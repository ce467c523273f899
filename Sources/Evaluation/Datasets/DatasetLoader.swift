public import JSON

/// One record of a data set before preprocessing.
public struct DatasetRecord: Sendable {
    /// The record's fields.
    public var fields: JSONObject
    /// Where it stands, for error texts: `tasks.jsonl:12`.
    public var origin: String

    /// Takes a record.
    public init(fields: JSONObject, origin: String) {
        self.fields = fields
        self.origin = origin
    }
}

/// A data set that is open: what is known about it, and its records one by one.
public struct Dataset: Sendable {
    /// What `summary.json` says about it: loader, paths, revision, digest.
    public var metadata: JSONObject
    /// How many records there are, where that is known without reading them all.
    public var count: Int?
    /// The records, pulled one by one, so that memory does not follow the data set's size.
    public var records: RecordStream

    /// Opens a data set.
    public init(metadata: JSONObject, count: Int? = nil, records: RecordStream) {
        self.metadata = metadata
        self.count = count
        self.records = records
    }
}

/// Records pulled one by one.
///
/// Each iteration starts anew at the first record.
public struct RecordStream: AsyncSequence, Sendable {
    /// Gives the next record, or nil at the end.
    public typealias Puller = @Sendable () async throws -> DatasetRecord?
    /// Gives the record that stands so many places after the next one, or nil at the end.
    public typealias SkippingPuller = @Sendable (_ count: Int) async throws -> DatasetRecord?

    private let open: @Sendable () async throws -> SkippingPuller

    /// Makes a stream from a closure that opens it; the closure's result gives record after record.
    public init(open: @escaping @Sendable () async throws -> Puller) {
        self.open = {
            let pull = try await open()
            return { count in
                for _ in 0..<count { guard try await pull() != nil else { return nil } }
                return try await pull()
            }
        }
    }

    /// Makes a stream that can leave records out for less than it takes to read them.
    public init(openSkipping open: @escaping @Sendable () async throws -> SkippingPuller) { self.open = open }

    /// A stream over records that are in memory.
    public init(_ records: [DatasetRecord]) {
        open = {
            let position = RecordPosition(records)
            return { position.next(skipping: $0) }
        }
    }

    /// Starts at the first record.
    public func makeAsyncIterator() -> Iterator { Iterator(open: open) }

    /// Pulls records.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let open: @Sendable () async throws -> SkippingPuller
        var pull: SkippingPuller?

        /// The next record, or nil at the end.
        public mutating func next() async throws -> DatasetRecord? { try await next(skipping: 0) }

        /// The record that stands `count` places after the next one, or nil at the end.
        ///
        /// What is left out is not looked at more than telling records apart needs, so that nothing is said of its errors.
        public mutating func next(skipping count: Int) async throws -> DatasetRecord? {
            if pull == nil { pull = try await open() }
            return try await pull?(count)
        }
    }
}

/// Opens a data set.
public protocol DatasetLoader: Sendable {
    /// Opens it. Throws ``EvaluationError`` with cause `configuration` or `task`, saying how to get the data.
    func open(in context: DatasetContext) async throws -> Dataset
}

/// What a loader needs to know besides its own parameters.
public struct DatasetContext: Sendable {
    /// The data set's id in the configuration.
    public var datasetID: String
    /// The directory against which relative paths are read.
    public var baseDirectory: String
    /// The run's seed, for loaders that shuffle or derive trial seeds.
    public var seed: UInt64
    /// Environment variables as they were when the configuration was read; for tokens and data directories.
    public var environment: [String: String]
    /// `hub_params` of the configuration.
    public var hubParameters: JSONObject

    /// Describes where a data set is opened.
    public init(
        datasetID: String, baseDirectory: String, seed: UInt64, environment: [String: String],
        hubParameters: JSONObject = [:]
    ) {
        self.datasetID = datasetID
        self.baseDirectory = baseDirectory
        self.seed = seed
        self.environment = environment
        self.hubParameters = hubParameters
    }
}

/// What became of a record.
public enum PreprocessingResult: Sendable {
    /// It became a sample.
    case sample(Sample)
    /// It was left out, and why; counted and reported, never silent.
    case dropped(reason: String)
}

/// Turns records into samples.
public protocol Preprocessor: Sendable {
    /// Whether no record is ever dropped; false unless it says otherwise.
    ///
    /// A shard then passes over the records of others without making samples of them.
    var keepsEveryRecord: Bool { get }

    /// Turns one record into a sample. Throws ``EvaluationError``, cause `task`, for a record that is broken.
    func process(_ record: DatasetRecord) async throws -> PreprocessingResult
}

extension Preprocessor {
    /// Some records may be dropped.
    public var keepsEveryRecord: Bool { false }
}
