/// A conversation with its place in the study and what was counted in it.
struct MeasuredConversation: Sendable {
    var place: StudyCell.Place
    var measures: ConversationMeasures
    var excerpt: [Conversation.Turn]
}

/// Means of a measure by task, so that trials of one task count as one.
struct TaskMeans: Sendable {
    private var values: [String: [String: [Double]]] = [:]

    /// Takes the measure of every conversation of one environment that has it.
    init(_ conversations: [MeasuredConversation], _ measure: (ConversationMeasures) -> Double?) {
        for conversation in conversations {
            guard let value = measure(conversation.measures) else { continue }
            values[conversation.place.variant, default: [:]][conversation.place.task, default: []].append(value)
        }
    }

    /// The mean over tasks.
    func mean(of variant: String) -> Double? {
        let means = (values[variant] ?? [:]).sorted { $0.key < $1.key }.map {
            $0.value.reduce(0, +) / Double($0.value.count)
        }
        return means.isEmpty ? nil : means.reduce(0, +) / Double(means.count)
    }

    /// The mean of `variant` minus that of `other`, for every task that both have.
    func differences(_ variant: String, minus other: String) -> [Double] {
        guard let first = values[variant], let second = values[other] else { return [] }
        return first.keys.sorted().compactMap { task in
            guard let a = first[task], let b = second[task] else { return nil }
            return a.reduce(0, +) / Double(a.count) - b.reduce(0, +) / Double(b.count)
        }
    }
}
