import JSON
import Statistics

/// One measure of the conversations under every variant, and against the control.
struct MeasureComparison: Sendable {
    struct Entry: Sendable {
        var variant: String
        var mean: Double?
        var difference: Double?
        var pValue: Double?
        /// Adjusted by Benjamini and Hochberg over all measures and variants of the environment.
        var adjusted: Double?
    }

    let measure: String
    var entries: [Entry]

    init(_ measure: String, _ conversations: [MeasuredConversation], design: StudyDesign, control: String) {
        let means = TaskMeans(conversations) { $0.values[measure] }
        self.measure = measure
        entries = design.variants.map { variant in
            var entry = Entry(variant: variant.name, mean: means.mean(of: variant.name))
            guard variant.name != control else { return entry }
            let differences = means.differences(variant.name, minus: control)
            entry.difference = differences.mean
            if !differences.isEmpty {
                let isAllZero = differences.allSatisfy { $0 == 0 }
                entry.pValue =
                    isAllZero ? 1 : WilcoxonSignedRankTest(differences).result(.twoSided, method: .automatic).pValue
            }
            return entry
        }
    }

    /// The comparisons of all measures, their p values adjusted together.
    static func all(
        _ conversations: [MeasuredConversation], design: StudyDesign, control: String
    ) -> [MeasureComparison] {
        var all = ConversationMeasures.names.map {
            MeasureComparison($0, conversations, design: design, control: control)
        }
        let places = all.indices.flatMap { measure in
            all[measure].entries.indices.filter { all[measure].entries[$0].pValue != nil }.map { (measure, $0) }
        }
        let adjusted = MultipleComparisons.benjaminiHochberg.adjusted(
            places.compactMap { all[$0.0].entries[$0.1].pValue })
        for (place, value) in zip(places, adjusted) { all[place.0].entries[place.1].adjusted = value }
        return all
    }

    var json: JSONValue {
        var object: JSONObject = [:]
        for entry in entries {
            object[entry.variant] = [
                "mean": JSONValue(optional: entry.mean), "difference": JSONValue(optional: entry.difference),
                "p_value": JSONValue(optional: entry.pValue), "p_bh": JSONValue(optional: entry.adjusted),
            ]
        }
        return .object(object)
    }
}
