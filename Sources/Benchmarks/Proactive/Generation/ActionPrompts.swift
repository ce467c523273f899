public import Evaluation
import FoundationEssentials

/// The assistant's instructions by domain and action, from files that the user can edit.
public struct ActionPrompts: Sendable, Hashable {
    private let texts: [ProactiveDomain: [ProactiveAction: String]]

    /// Takes instructions as they are.
    public init(_ texts: [ProactiveDomain: [ProactiveAction: String]]) { self.texts = texts }

    /// Reads `coding_clarify.txt`, `coding_execute.txt`, `planning_clarify.txt` and `planning_execute.txt`, as far as the
    /// domains need them.
    ///
    /// Throws ``EvaluationError`` (`data.missing`, cause `configuration`) for a file that is not there, or is empty.
    public init(directory: String, domains: [ProactiveDomain]) throws(EvaluationError) {
        var texts: [ProactiveDomain: [ProactiveAction: String]] = [:]
        for domain in domains {
            for action in ProactiveAction.allCases {
                let path = "\(directory)/\(Self.fileName(domain, action))"
                let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
                guard let text, !text.trimmed.isEmpty else {
                    throw EvaluationError(
                        .dataMissing, "the prompt file '\(path)' \(text == nil ? "cannot be read" : "is empty")",
                        cause: .configuration,
                        advice: "put the assistant's instructions there, or name their directory (prompts_dir)")
                }
                texts[domain, default: [:]][action] = text.trimmed
            }
        }
        self.texts = texts
    }

    /// The name of an action's file.
    public static func fileName(_ domain: ProactiveDomain, _ action: ProactiveAction) -> String {
        "\(domain.rawValue)_\(action.rawValue.lowercased()).txt"
    }

    /// The instructions for an action.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a domain whose files were not read.
    public func text(_ domain: ProactiveDomain, _ action: ProactiveAction) throws(EvaluationError) -> String {
        if let text = texts[domain]?[action] { return text }
        throw EvaluationError(
            .configurationInvalid, "there are no instructions for \(action.rawValue) in the domain \(domain.rawValue)",
            cause: .configuration)
    }
}
