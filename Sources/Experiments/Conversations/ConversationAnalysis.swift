import Evaluation
public import JSON

/// What the conversations of a study were like, and whether its users showed what they were told to: `conversations.json`.
public struct ConversationAnalysis: Sendable {
    struct Environment: Sendable {
        var name: String
        var count: Int
        var check: ManipulationCheck
        var measures: [MeasureComparison]
        /// User turns of every conversation, by variant.
        var turns: [(variant: String, counts: [Double])]
        var excerpts: [Excerpt]
        /// Tasks whose instruction itself has words of an emotion: there the control is not neutral.
        var moodyTasks: [String]
    }

    struct Excerpt: Sendable {
        var place: StudyCell.Place
        var turns: [Conversation.Turn]
    }

    let lexiconVersion: Int
    let environments: [Environment]
    /// What a model made of the conversations; nil where none was asked.
    public var judgement: EmotionJudgement?

    /// Reads and measures all scored conversations of an experiment.
    ///
    /// Throws ``EvaluationError`` when a journal cannot be read.
    public init(
        _ collector: StudyCollector, design: StudyDesign, lexicon: EmotionLexicon = .standard,
        settings: AnalysisSettings
    ) throws {
        let scales = ConversationMeasures.Scales(lexicon, variants: design.variants)
        let moods = lexicon.emotions.map { PhraseMatcher($0.phrases) }
        var moody: [String: Set<String>] = [:]
        var found: [StudyCell.Place: MeasuredConversation] = [:]
        try collector.forEachEpisode { record, key, _ in
            guard let outcome = key.environment.outcome(record) else { return }
            let conversation = Conversation(record.trajectory)
            let place = StudyCell.Place(
                environment: key.environment.name, variant: key.variant.name,
                task: key.environment.taskID(record.sample) ?? record.id.sample, trial: record.id.trial)
            let instruction = key.environment.instruction(record.sample)
            let words = Words.of(instruction)
            if moods.contains(where: { $0.count(in: words) > 0 }) {
                moody[place.environment, default: []].insert(place.task)
            }
            found[place] = MeasuredConversation(
                place: place,
                measures: ConversationMeasures(
                    conversation, instruction: instruction,
                    transferred: outcome.end == .transfer, scales: scales),
                excerpt: Array(conversation.turns.prefix(Self.excerptTurns)))
        }
        lexiconVersion = lexicon.version
        environments = design.environments.map { environment in
            let own = found.values.filter { $0.place.environment == environment.name }
                .sorted {
                    ($0.place.task, $0.place.variant, $0.place.trial) < (
                        $1.place.task, $1.place.variant, $1.place.trial
                    )
                }
            return Environment(
                name: environment.name, count: own.count,
                check: ManipulationCheck(
                    environment: environment.name, conversations: own, design: design,
                    emotions: lexicon.emotions.map(\.name), settings: settings),
                measures: MeasureComparison.all(own, design: design, control: settings.control),
                turns: design.variants.map { variant in
                    (
                        variant.name,
                        own.filter { $0.place.variant == variant.name }.compactMap { $0.measures.values["user_turns"] }
                    )
                },
                excerpts: Self.excerpts(of: own, design: design),
                moodyTasks: environment.tasks.map(\.id).filter { moody[environment.name]?.contains($0) == true })
        }
    }

    private static let excerptTurns = 12
    private static let excerptsPerVariant = 2

    /// Conversations to look at, drawn by the study's seed and not by how they went.
    private static func excerpts(of conversations: [MeasuredConversation], design: StudyDesign) -> [Excerpt] {
        design.variants.flatMap { variant in
            let own = conversations.filter { $0.place.variant == variant.name }
            var generator = SeedDerivation(root: UInt64(max(0, design.seed))).generator(
                for: "excerpts of \(variant.name)")
            return own.shuffled(using: &generator).prefix(excerptsPerVariant).map {
                Excerpt(place: $0.place, turns: $0.excerpt)
            }
        }
    }

    /// What the check says about a variant in an environment.
    public func verdict(on variant: String, in environment: String) -> ManipulationVerdict {
        environments.first { $0.name == environment }?.check.rows.first { $0.variant == variant }?.verdict
            ?? .notChecked
    }

    /// The manipulation check of every environment.
    var manipulationJSON: JSONValue { .array(environments.map(\.check.json)) }

    /// The analysis as `conversations.json` holds it.
    public var json: JSONValue {
        [
            "lexicon_version": JSONValue(lexiconVersion),
            "units": "rates are per 100 words of the side that speaks; facts_stated is a share; others are counts",
            "environments": .array(environments.map(\.json)), "judge": judgement?.json ?? .null,
        ]
    }
}

extension ConversationAnalysis.Environment {
    fileprivate var json: JSONValue {
        var measures: JSONObject = [:]
        for comparison in self.measures { measures[comparison.measure] = comparison.json }
        return [
            "environment": .string(name), "conversations": JSONValue(count), "manipulation_check": check.json,
            "measures": .object(measures), "moody_tasks": .array(moodyTasks.map(JSONValue.string)),
            "samples": .array(
                excerpts.map { excerpt in
                    [
                        "variant": .string(excerpt.place.variant), "task_id": .string(excerpt.place.task),
                        "trial": JSONValue(excerpt.place.trial),
                        "turns": .array(
                            excerpt.turns.map { turn in
                                [
                                    "speaker": turn.isUser ? "user" : "agent",
                                    "text": .string(String(turn.text.prefix(2000))),
                                ]
                            }),
                    ]
                }),
        ]
    }
}
