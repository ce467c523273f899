import Evaluation
import JSON

/// A component that does nothing but keep the parameters that it was made with.
struct StandIn: Sendable {
    var parameters: JSONValue = [:]

    static func refuse() -> EvaluationError {
        EvaluationError(.unexpected, "a stand-in cannot run", cause: .gage)
    }
}

extension StandIn: DatasetLoader, Preprocessor, ChatModelFactory, SandboxRuntime, PromptRenderer {
    func open(in context: DatasetContext) async throws -> Dataset {
        Dataset(metadata: [:], records: RecordStream([]))
    }

    func process(_ record: DatasetRecord) throws -> PreprocessingResult { .dropped(reason: "stand-in") }

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel { throw Self.refuse() }

    func start(_ request: SandboxRequest) async throws -> any Sandbox { throw Self.refuse() }

    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] { messages }
}

extension StandIn: Aggregation, SummaryGenerator {
    func makeAccumulator(seed: UInt64) -> any Accumulator { NothingAdded() }

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { NothingAdded() }
}

struct NothingAdded: Accumulator, SummaryAccumulator {
    mutating func add(_ row: MetricRow) {}

    mutating func add(_ record: EpisodeRecord) {}

    func finish() throws -> AggregateResult { AggregateResult(values: [], count: 0) }

    func finish() throws -> JSONObject? { nil }
}

extension StandIn: ToolTransport {
    var place: ToolServerPlace {
        parameters["command"] == nil ? .address(parameters["endpoint"]?.stringValue) : .program
    }

    func session(_ request: ToolSessionRequest) throws -> any ToolSession { throw Self.refuse() }
}

struct StandInMetric: Metric {
    var defaultAggregation = "mean"
    var parameters: JSONValue = [:]

    func score(_ episode: Episode, as id: String) throws -> Score? { nil }
}

struct StandInRole: RoleAdapter {
    var contract: StepContract
    var parameters: JSONValue = [:]

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {}
}

/// A block that takes any keys and keeps them.
struct FreeParameters: Parameters {
    var kept: JSONObject = [:]

    static var allowsUnknownKeys: Bool { true }
    static var fields: [ParameterField<Self>] { [] }

    mutating func readUnknownKeys(_ entries: [ConfigEntry]) {
        for entry in entries { kept[entry.key] = entry.value.json }
    }

    var json: JSONValue { .object(kept) }
}
