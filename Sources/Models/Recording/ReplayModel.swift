public import Evaluation
import JSON

/// The `config` block of a `replay` backend.
public struct ReplayParameters: Parameters {
    /// The cassette's file.
    public var path = ""

    /// A block without a cassette.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("path", \.path, "The cassette to answer from, as a recorded run wrote it.") {
                $0.aliases = ["cassette", "file"]
                $0.isRequired = true
            }
        ]
    }
}

/// Answers from a cassette: the same call of the same episode with the same request gets the recorded outcome.
struct ReplayModel: ChatModel {
    let name: String
    let player: CassettePlayer
    /// Whose calls are answered; nil for anybody's.
    var backend: String?

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try Task.checkCancellation()
        return try player.respond(to: request, in: context, backend: backend)
    }
}

/// Makes replaying models.
struct ReplayModelFactory: ChatModelFactory {
    let parameters: ReplayParameters

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let path = ModelFiles.resolve(
            parameters.path, against: backend.baseDirectory, environment: backend.environment)
        return ReplayModel(name: "replay", player: try CassettePlayer(path: path))
    }
}
