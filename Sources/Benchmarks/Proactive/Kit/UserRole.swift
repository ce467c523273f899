import Evaluation
import JSON

/// The parameters of `proactive_user`.
struct UserParameters: Parameters {
    var reaction = ReactionRule.sampled
    var silencePatience = 0.3
    var detectsOffTopic = false

    static var fields: [ParameterField<Self>] {
        [
            .init("reaction", \.reaction, "By which rule the user answers or refuses."),
            .init("silence_patience", \.silencePatience, "The patience up to which a long message leaves him silent."),
            .init(
                "off_topic", \.detectsOffTopic, "Whether messages that share no word with the request are off topic."),
        ]
    }
}

/// `proactive_user`: prepares the simulated user; with a model, the model finds the words of his answers.
struct UserRole: RoleAdapter {
    /// Where the agent finds the user.
    static let key = "proactive.user"

    let parameters: UserParameters

    let contract = StepContract(reads: [.sample], writes: [.supportOutputs])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let (_, persona) = try episode.sample.proactive()
        var settings = UserSimulator.Settings()
        settings.rule = parameters.reaction
        settings.silencePatience = parameters.silencePatience
        settings.detectsOffTopic = parameters.detectsOffTopic
        episode.kitState[Self.key] = UserSimulator(settings: settings, model: scope.adapter.model)
        episode.supportOutputs.append([
            "persona": .object(persona.json), "reaction": .string(parameters.reaction.rawValue),
        ])
    }
}
