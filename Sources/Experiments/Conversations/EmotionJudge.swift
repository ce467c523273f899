public import Evaluation
import JSON

/// Asks models which emotion a user shows, without telling them the variant.
///
/// They see the user's turns only, without the first one, which states the goal.
public struct EmotionJudge: Sendable {
    private let models: [any ChatModel]
    private let collector: StudyCollector
    private let design: StudyDesign

    /// Prepares to ask one model, or two whose agreement is told as well.
    public init(models: [any ChatModel], collector: StudyCollector, design: StudyDesign) {
        self.models = models
        self.collector = collector
        self.design = design
    }

    /// The label of users without an emotion.
    static let neutral = "none"

    private struct Case: Sendable {
        var id: EpisodeID
        var truth: String
        var text: String
    }

    /// Judges every conversation of the experiment, some at once.
    ///
    /// Throws what the models throw, and ``EvaluationError`` when a journal cannot be read.
    public func judge() async throws -> EmotionJudgement {
        var labels = [Self.neutral]
        for variant in design.variants {
            if let emotion = variant.emotion, !labels.contains(emotion) { labels.append(emotion) }
        }
        let cases = try readCases()
        let (models, known) = (models, labels)
        var findings: [(truth: String, given: [String?])] = []
        for start in stride(from: 0, to: cases.count, by: Self.atOnce) {
            let batch = cases[start..<min(start + Self.atOnce, cases.count)]
            let answers = try await withThrowingTaskGroup(of: (Int, [String?]).self) { group in
                for (place, item) in batch.enumerated() {
                    group.addTask {
                        var given: [String?] = []
                        for model in models { given.append(try await Self.ask(model, item, labels: known)) }
                        return (place, given)
                    }
                }
                var found: [Int: [String?]] = [:]
                for try await (place, given) in group { found[place] = given }
                return found
            }
            for (place, item) in batch.enumerated() { findings.append((item.truth, answers[place] ?? [])) }
        }
        return EmotionJudgement(judges: models.map(\.name), labels: labels, findings: findings)
    }

    private static let atOnce = 8
    private static let longestText = 12_000

    private func readCases() throws -> [Case] {
        var cases: [Case] = []
        try collector.forEachEpisode { record, key, _ in
            guard key.environment.outcome(record) != nil else { return }
            let turns = Conversation(record.trajectory).userTexts.dropFirst()
            guard !turns.isEmpty else { return }
            cases.append(
                Case(
                    id: record.id, truth: key.variant.emotion ?? Self.neutral,
                    text: String(turns.joined(separator: "\n---\n").prefix(Self.longestText))))
        }
        return cases
    }

    private static func ask(_ model: any ChatModel, _ item: Case, labels: [String]) async throws -> String? {
        let request = ChatRequest(
            messages: [
                .system(
                    "You read what a customer wrote to a service agent, and name the emotion that the writing shows. "
                        + "Judge the tone, not the subject. Answer with a JSON object and nothing else: "
                        + "{\"label\": L}, where L is one of \(labels.joined(separator: ", "))."),
                .user("The customer's messages, parted by lines of dashes:\n\n\(item.text)"),
            ], parameters: ["temperature": 0.0])
        let context = CallContext(episode: item.id, purpose: "emotion_judge")
        let reply = try await model.respond(to: request, in: context).message.text ?? ""
        guard let start = reply.firstIndex(of: "{"), let end = reply.lastIndex(of: "}"), start < end,
            // No JSON means no label, which is counted.
            let answer = try? JSONValue.parse(String(reply[start...end])), let label = answer["label"]?.stringValue
        else { return nil }
        return labels.first { $0 == label.lowercased() }
    }
}
