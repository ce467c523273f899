import Evaluation

/// The parameters of `proactive_summary`: whether the run's pairs train a policy, and how.
struct SummaryParameters: Parameters {
    var trains = true
    var rendersPersona = false
    var epochs: Int?
    var beta = 0.1
    var heldOutShare = 0.1
    var splitSeed = 42
    var sweepsAlpha = true
    var alphas = AlphaSweep.standardAlphas

    static var fields: [ParameterField<Self>] {
        [
            .init("train", \.trains, "Whether a native policy is trained on the pairs and tested."),
            .init("render_persona", \.rendersPersona, "Whether the policy knows the user."),
            .init("epochs", \.epochs, "Whole passes over the pairs; 200 without it.") { $0.minimum = 1 },
            .init("beta", \.beta, "How strongly the policy is held to the reference.") { $0.minimum = 0 },
            .init("held_out", \.heldOutShare, "The share of states that is held out.") {
                $0.minimum = 0
                $0.maximum = 0.9
            },
            .init("split_seed", \.splitSeed, "Chooses the states that are held out.") { $0.minimum = 0 },
            .init("sweep", \.sweepsAlpha, "Whether policies are trained for several alphas, for the Pareto plot."),
            .init("alphas", \.alphas, "The alphas to try.") { $0.minimum = 0 },
        ]
    }

    var training: TrainingSettings {
        var settings = TrainingSettings()
        settings.epochs = epochs.map { Double($0) }
        settings.beta = beta
        settings.heldOutShare = heldOutShare
        settings.splitSeed = UInt64(splitSeed)
        settings.rendersPersona = rendersPersona
        return settings
    }
}
