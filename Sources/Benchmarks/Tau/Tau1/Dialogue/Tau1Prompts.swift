public import Evaluation
import JSON

/// The fixed texts of original τ-bench dialogues: how users are to be played, and how actions are to be written.
///
/// The official ones are read from `prompts/` in the data directory; where they are not there, texts of gage's own with the
/// same parts take their place, and summaries say so.
public struct Tau1Prompts: Sendable, Hashable {
    /// One of the texts, by the name of its file without `.txt`.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// Plays a user; the instruction goes to `{instruction_display}`.
        case user
        /// Plays a user who thinks first; the instruction goes to `{instruction_display}`.
        case userReact = "user_react"
        /// Asks whether a user's message is in order; `{transcript}` and `{response}` are filled in.
        case verify
        /// Asks for a better message of the user; `{transcript}` and `{response}` are filled in.
        case reflect
        /// Follows the tools where actions are written as text.
        case agentAct = "agent_act"
        /// Follows the tools where thoughts and actions are written as text.
        case agentReact = "agent_react"
    }

    /// Where the texts came from.
    public enum Source: String, Sendable, Hashable {
        /// All from the data directory.
        case dataDirectory = "data_directory"
        /// All gage's own.
        case own
        /// Some of each.
        case mixed
    }

    private let texts: [Name: String]
    /// Where the texts came from.
    public let source: Source

    /// The texts of a data directory, completed by gage's own.
    ///
    /// `root` holds `prompts/user.txt` and so on. Throws ``EvaluationError`` for a file that cannot be read.
    public init(root: String) throws(EvaluationError) {
        var texts = Tau1OwnPrompts.texts
        var found = 0
        for name in Name.allCases {
            let path = "\(root)/prompts/\(name.rawValue).txt"
            guard TauFiles.exists(path) else { continue }
            texts[name] = try Tau1DataDirectory.files.text(path)
            found += 1
        }
        self.init(texts, source: found == 0 ? .own : found == Name.allCases.count ? .dataDirectory : .mixed)
    }

    init(_ texts: [Name: String], source: Source) {
        self.texts = texts
        self.source = source
    }

    /// gage's own texts.
    static let own = Tau1Prompts(Tau1OwnPrompts.texts, source: .own)

    /// The system prompt of a user's model.
    func user(_ strategy: Tau1UserStrategy, instruction: String) -> String {
        text(strategy == .react ? .userReact : .user)
            .replacingText("{instruction_display}", with: "\n\nInstruction: \(instruction)\n")
    }

    /// The question whether a message of the user is in order, or how it could be better.
    func question(_ name: Name, transcript: String, response: String) -> String {
        // Filled in at once, so that nobody's words are taken for a place to fill.
        text(name).partsLikePython(separatedBy: "{transcript}")
            .map { $0.replacingText("{response}", with: response) }.joined(separator: transcript)
    }

    /// The agent's system prompt.
    func agent(_ strategy: Tau1AgentStrategy, in domain: Tau1Domain, displays: [String] = []) -> String {
        switch strategy {
        case .toolCalling: return domain.policy
        case .fewShot:
            let examples = displays.enumerated().map { "Example \($0 + 1):\n\($1)" }
            return domain.policy + "\n\n" + examples.joined(separator: "\n\n")
        case .act, .react:
            let tools = domain.schemasText
            return domain.policy + "\n#Available tools\n" + tools + text(strategy == .act ? .agentAct : .agentReact)
        }
    }

    private func text(_ name: Name) -> String { texts[name] ?? "" }
}

extension Tau1Domain {
    /// The tools in one line, as agents that write their actions are shown them.
    fileprivate var schemasText: String { JSONValue.array(toolSchemas).text(.python) }
}
