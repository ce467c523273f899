import Evaluation
import JSON

/// The examples that the few-shot agent draws from.
struct Tau1Displays: Sendable {
    private let texts: [String]
    private let path: String

    /// Reads a file of objects with `messages_display`, one a line.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it cannot be read.
    init(path: String) throws(EvaluationError) {
        self.path = path
        let lines: [JSONValue]
        do {
            var reader = JSONLinesReader()
            lines = try reader.values(in: try Tau1DataDirectory.files.bytes(path))
        } catch let error as EvaluationError {
            throw error
        } catch {
            throw EvaluationError(
                .dataMalformed, "\(path) is not JSON Lines", cause: .configuration, underlying: error)
        }
        texts = lines.compactMap { $0["messages_display"]?.stringValue }
        guard texts.count == lines.count else {
            throw EvaluationError(
                .dataMalformed, "\(path) has lines without 'messages_display'", cause: .configuration)
        }
    }

    /// The examples for one episode, as the official command draws them.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when there are too few.
    func drawn(_ count: Int, for facts: Tau1SampleFacts, trial: Int) throws(EvaluationError) -> [String] {
        guard count <= texts.count else {
            throw EvaluationError(
                .configurationInvalid, "\(path) has \(texts.count) examples, and \(count) are wanted",
                cause: .configuration, advice: "lower 'num_few_shots', or name another 'few_shot_displays_path'")
        }
        return facts.stream.displays(count, of: texts.count, position: facts.position, trial: trial)
            .map { texts[$0] }
    }
}
