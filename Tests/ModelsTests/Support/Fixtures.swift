import Evaluation
import JSON
import Models
import Testing
import Transport

/// What most tests of models need.
enum Fixtures {
    static let client: HTTPClient = {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        return HTTPClient(configuration: configuration)
    }()

    static func context(
        sample: String = "s1", trial: Int = 0, purpose: String = "agent", index: Int = 0, seed: UInt64 = 7
    ) -> CallContext {
        CallContext(
            episode: EpisodeID(task: "t", sample: sample, trial: trial), purpose: purpose, index: index, seed: seed)
    }

    static func request(_ text: String = "Hello") -> ChatRequest {
        ChatRequest(messages: [.system("Be brief."), .user(text)])
    }

    static let weatherTool = ToolDefinition(
        name: "get_weather", description: "Tells the weather.",
        parameters: [
            "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
        ])

    /// A factory made as a configuration makes it, with every diagnostic.
    static func factory(
        _ type: String, _ config: JSONValue, clock: any ModelClock = SkippingClock()
    ) -> (factory: (any ChatModelFactory)?, diagnostics: Diagnostics) {
        let registry = Registry(kits: [ModelsKit(client: client, clock: clock)])
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "suite.yaml", line: 1, column: 1)
        let node = ConfigNode(json: config, location: place, path: "backends[0].config")
        return (registry.backends[type]?.make(from: node, into: &diagnostics), diagnostics)
    }

    /// A model made as a run makes it.
    static func model(
        _ type: String, _ config: JSONValue, environment: [String: String] = [:], baseDirectory: String = "",
        clock: any ModelClock = SkippingClock()
    ) throws -> any ChatModel {
        let (factory, diagnostics) = factory(type, config, clock: clock)
        let made = try #require(factory, "\(diagnostics.all)")
        let identity = BackendIdentity(id: "b", baseDirectory: baseDirectory, environment: environment)
        return try made.makeModel(for: identity)
    }
}

/// The error that the body throws; a test failure when it throws none of ours.
func evaluationError(
    _ body: () async throws -> some Any, at location: Testing.SourceLocation = #_sourceLocation
) async throws -> EvaluationError {
    do {
        let value = try await body()
        Issue.record("no error, but \(value)", sourceLocation: location)
    } catch let error as EvaluationError {
        return error
    }
    throw NoError()
}

struct NoError: Error {}

/// A directory that is removed with its content.
struct TemporaryDirectory: ~Copyable {
    let path: String

    init() throws {
        path = try makeTemporaryDirectory()
    }

    deinit { removeTree(path) }
}
