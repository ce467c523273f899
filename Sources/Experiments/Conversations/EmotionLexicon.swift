public import Evaluation
import FoundationEssentials
import YAML

/// The words by which emotions are recognised: `config/experiments/emotion_lexicon.yaml`.
public struct EmotionLexicon: Sendable, Hashable {
    /// One emotion's words.
    public struct Emotion: Sendable, Hashable {
        /// The emotion's name, which variants refer to.
        public var name: String
        /// Its phrases.
        public var phrases: [String]
    }

    /// The file's version.
    public let version: Int
    /// The emotions in file order.
    public let emotions: [Emotion]

    /// The lexicon that gage comes with.
    public static let standard: EmotionLexicon = {
        do {
            return try EmotionLexicon(text: standardText, file: "config/experiments/emotion_lexicon.yaml")
        } catch {
            fatalError("the compiled-in emotion lexicon cannot be read, which a test would have shown: \(error)")
        }
    }()

    /// Reads a file.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it is not there or is of another shape.
    public static func load(path: String) throws(EvaluationError) -> EmotionLexicon {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
        else {
            throw EvaluationError(.dataMissing, "the lexicon '\(path)' cannot be read", cause: .configuration)
        }
        return try EmotionLexicon(text: text, file: path)
    }

    /// Reads a text; `file` is its name in messages.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, with the place of the first fault.
    public init(text: String, file: String) throws(EvaluationError) {
        func fault(_ message: String, _ mark: YAMLMark) -> EvaluationError {
            EvaluationError(
                .configurationInvalid, message, cause: .configuration,
                location: SourceLocation(file: file, line: mark.line, column: mark.column))
        }
        let root: YAMLNode
        do {
            root = try YAML.parse(text)
        } catch {
            throw fault(error.message, error.mark)
        }
        guard let version = root["version"]?.int, let nodes = root["emotions"]?.elements, !nodes.isEmpty else {
            throw fault("a lexicon has a 'version' and a list of 'emotions'", root.start)
        }
        var emotions: [Emotion] = []
        for node in nodes {
            guard let name = node["name"]?.string, let items = node["phrases"]?.elements, !items.isEmpty else {
                throw fault("an emotion has a 'name' and a list of 'phrases'", node.start)
            }
            if emotions.contains(where: { $0.name == name }) { throw fault("'\(name)' is given twice", node.start) }
            let phrases = items.compactMap(\.string)
            guard phrases.count == items.count else { throw fault("phrases of '\(name)' are texts", node.start) }
            emotions.append(Emotion(name: name, phrases: phrases))
        }
        self.version = Int(clamping: version)
        self.emotions = emotions
    }

    /// The lexicon without the phrases that any of these prompts contains.
    ///
    /// A user who repeats its prompt shows obedience; only other words show the emotion.
    func heldOut(from prompts: [String]) -> [(name: String, matcher: PhraseMatcher)] {
        let words = prompts.map { Words.of($0) }
        return emotions.map { emotion in
            let kept = emotion.phrases.filter { phrase in
                let matcher = PhraseMatcher([phrase])
                return !words.contains { matcher.count(in: $0) > 0 }
            }
            return (emotion.name, PhraseMatcher(kept))
        }
    }
}
