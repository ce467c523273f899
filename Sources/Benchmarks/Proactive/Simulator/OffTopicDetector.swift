/// Finds by its words whether a message has to do with the request.
enum OffTopicDetector {
    /// Words that say nothing about a topic.
    private static let common: Set<String> = [
        "about", "could", "does", "have", "help", "into", "make", "need", "please", "python", "should", "that", "them",
        "then", "this", "what", "which", "with", "would", "write", "your",
    ]

    /// Whether message and request share no word of four letters or more; a message with code never is off topic.
    static func isOffTopic(_ message: String, for state: ProactiveState) -> Bool {
        guard !MessageFacts(message).hasCode else { return false }
        let wanted = words(TaskUncertainty.request(in: state.query))
        return !wanted.isEmpty && wanted.isDisjoint(with: words(message))
    }

    static func words(_ text: String) -> Set<String> {
        let pieces = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return Set(pieces.lazy.filter { $0.count >= 4 }.map(String.init)).subtracting(common)
    }
}
