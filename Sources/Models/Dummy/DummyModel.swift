public import Evaluation
public import JSON

/// The `config` block of a `dummy` backend.
public struct DummyParameters: Parameters {
    /// The replies.
    public var responses: [String] = ["dummy response"]
    /// Whether they start again at the first; otherwise the last one is repeated.
    public var cycle = true
    /// Whether the prompt is repeated where there are no replies.
    public var echoPrompt = false
    /// Whether the reply is drawn at random.
    public var random = false
    /// The seed of that.
    public var seed: Int?
    /// Accepted and without effect.
    public var metadata: JSONObject = [:]

    /// One fixed reply.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("responses", \.responses, "The replies, by the number of the call within its episode."),
            .init("cycle", \.cycle, "Whether they start again at the first; otherwise the last one is repeated."),
            .init("echo_prompt", \.echoPrompt, "Whether the last message is repeated where there are no replies."),
            .init("random", \.random, "Whether the reply is drawn at random, the same one for the same call."),
            .init("seed", \.seed, "The seed of that."),
            .init("metadata", \.metadata, "Accepted for older configurations.") {
                $0.ignoredBecause = "replies carry no metadata"
            },
        ]
    }
}

/// Answers without understanding: fixed replies, or the prompt again.
///
/// Which reply a call gets follows from its episode, purpose and number, never from what other episodes asked before.
struct DummyBrain: MockBrain {
    let parameters: DummyParameters

    func reply(to request: MockRequest) async -> MockReply {
        let responses = parameters.responses
        guard !responses.isEmpty else {
            guard parameters.echoPrompt else { return MockReply("dummy response") }
            return await EchoBrain().reply(to: request)
        }
        if parameters.random { return MockReply(responses[draw(request, responses.count)]) }
        let position = parameters.cycle ? request.call % responses.count : min(request.call, responses.count - 1)
        return MockReply(responses[position])
    }

    private func draw(_ request: MockRequest, _ count: Int) -> Int {
        let seeds = SeedDerivation(root: UInt64(bitPattern: Int64(parameters.seed ?? 0)))
        let place = [request.episode?.description ?? "", request.purpose ?? "", String(request.call)]
        var generator = seeds.generator(for: place.joined(separator: "\n"))
        return Int.random(in: 0..<count, using: &generator)
    }
}

/// Makes dummy models.
struct DummyModelFactory: ChatModelFactory {
    let parameters: DummyParameters

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        BrainModel(name: "dummy", brain: DummyBrain(parameters: parameters))
    }
}
