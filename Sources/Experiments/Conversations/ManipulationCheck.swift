import JSON
import Statistics

/// Whether the users of each variant show its emotion, by words that no prompt contains.
struct ManipulationCheck: Sendable {
    struct Row: Sendable {
        var variant: String
        var emotion: String?
        /// Held-out words per 100, by emotion.
        var heldOut: [(emotion: String, mean: Double?)]
        /// Quoted words per 100, by emotion.
        var prompted: [(emotion: String, mean: Double?)]
        /// The target emotion's held-out score in each third of the user's turns.
        var thirds: [Double]
        var tasks: Int
        var difference: Double?
        var pValue: Double?
        var adjusted: Double?
        /// Whether the target emotion's rise over the control is the largest of all emotions' rises.
        var ranksFirst: Bool?
        var verdict: ManipulationVerdict
    }

    let environment: String
    private(set) var rows: [Row] = []

    init(
        environment: String, conversations: [MeasuredConversation], design: StudyDesign, emotions: [String],
        settings: AnalysisSettings
    ) {
        self.environment = environment
        let byEmotion = emotions.map { emotion in
            (
                emotion, TaskMeans(conversations) { $0.heldOut[emotion] },
                TaskMeans(conversations) { $0.prompted[emotion] }
            )
        }
        for variant in design.variants {
            var row = Row(
                variant: variant.name, emotion: variant.emotion,
                heldOut: byEmotion.map { ($0.0, $0.1.mean(of: variant.name)) },
                prompted: byEmotion.map { ($0.0, $0.2.mean(of: variant.name)) }, thirds: [], tasks: 0,
                verdict: .notApplicable)
            if let emotion = variant.emotion {
                row.verdict = .notChecked
                row.thirds = (0..<3).compactMap { third in
                    TaskMeans(conversations) { $0.thirds[emotion]?[third] }.mean(of: variant.name)
                }
                Self.test(&row, emotion, byEmotion.map { ($0.0, $0.1) }, control: settings.control)
            }
            rows.append(row)
        }
        let tested = rows.indices.filter { rows[$0].pValue != nil }
        let adjusted = MultipleComparisons.holm.adjusted(tested.compactMap { rows[$0].pValue })
        for (place, value) in zip(tested, adjusted) {
            rows[place].adjusted = value
            rows[place].verdict = value < settings.significance ? .demonstrated : .notDemonstrated
        }
    }

    private static func test(
        _ row: inout Row, _ emotion: String, _ scores: [(emotion: String, means: TaskMeans)], control: String
    ) {
        guard row.variant != control, let target = scores.first(where: { $0.emotion == emotion })?.means else { return }
        let differences = target.differences(row.variant, minus: control)
        guard let mean = differences.mean else { return }
        row.tasks = differences.count
        row.difference = mean
        let isAllZero = differences.allSatisfy { $0 == 0 }
        row.pValue = isAllZero ? 1 : WilcoxonSignedRankTest(differences).result(.greater, method: .automatic).pValue
        let variant = row.variant
        row.ranksFirst = scores.allSatisfy { score in
            score.emotion == emotion || (score.means.differences(variant, minus: control).mean ?? 0) < mean
        }
    }

    var json: JSONValue {
        [
            "environment": .string(environment),
            "evidence": "held-out phrases of the lexicon per 100 words of the user",
            "test": "Wilcoxon signed-rank over tasks against the control, one-sided, Holm over the variants",
            "variants": .array(rows.map(\.json)),
        ]
    }
}

extension ManipulationCheck.Row {
    fileprivate var json: JSONValue {
        func scores(_ list: [(emotion: String, mean: Double?)]) -> JSONValue {
            var object: JSONObject = [:]
            for (emotion, mean) in list { object[emotion] = JSONValue(optional: mean) }
            return .object(object)
        }
        return [
            "variant": .string(variant), "emotion": emotion.map(JSONValue.string) ?? .null,
            "verdict": .string(verdict.rawValue), "held_out": scores(heldOut), "prompted": scores(prompted),
            "target_by_third": .array(thirds.map { JSONValue($0) }), "tasks": JSONValue(tasks),
            "difference_from_control": JSONValue(optional: difference), "p_value": JSONValue(optional: pValue),
            "p_holm": JSONValue(optional: adjusted), "target_ranks_first": ranksFirst.map(JSONValue.bool) ?? .null,
        ]
    }
}
