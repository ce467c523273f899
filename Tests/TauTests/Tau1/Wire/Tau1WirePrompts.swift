import Evaluation
import FoundationEssentials
import JSON

@testable import Tau

/// A data directory with the official prompts in it, as an import leaves it; the texts are taken out of recorded requests.
enum Tau1WirePrompts {
    /// The directory, made once.
    static let root: String? = {
        do {
            return try make()
        } catch {
            print("the official prompts cannot be taken out of the recorded runs: \(error)")
            return nil
        }
    }()

    static let store = Tau1DataStore()

    private static func make() throws -> String {
        // One directory for all runs of the tests with these reference data: what is left behind is left once.
        let name = "gage-tau1-wire-\(sha256Hex(OfficialTau1.root.utf8).prefix(12))"
        let made = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(atPath: "\(made)/prompts", withIntermediateDirectories: true)
        for name in Tau1DomainName.allCases {
            let link = "\(made)/\(name.rawValue)"
            guard !TauFiles.exists(link) else { continue }
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "\(OfficialTau1.root)/\(name.rawValue)")
        }
        let texts: [Tau1Prompts.Name: String] = [
            .user: try userPrompt(in: "tool_calling_range"), .userReact: try userPrompt(in: "user_react"),
            .verify: try question(in: "user_verify", after: "(true) or not (false)", notHaving: "Reflection"),
            .reflect: try question(in: "user_reflection_never_ok", after: "Reflection", notHaving: "Classification:"),
            .agentAct: try agentPrompt(in: "act"), .agentReact: try agentPrompt(in: "react"),
        ]
        for (name, text) in texts {
            try Data(text.utf8).write(
                to: URL(filePath: "\(made)/prompts/\(name.rawValue).txt"), options: .atomic)
        }
        return made
    }

    /// The contents of a run's first messages.
    private static func openings(in name: String) throws -> [String] {
        (try Tau1WireCase(name).json["http"]?.arrayValue ?? []).compactMap {
            $0["request"]?["messages"]?[0]?["content"]?.stringValue
        }
    }

    private static func userPrompt(in name: String) throws -> String {
        let mark = "\n\nInstruction: "
        for text in try openings(in: name) where text.containsText(mark) && !text.containsText("# Transcript") {
            let parts = text.partsLikePython(separatedBy: mark)
            let rest = parts[1].partsLikePython(separatedBy: "\n")
            return parts[0] + "{instruction_display}" + rest.dropFirst().joined(separator: "\n")
        }
        throw ReferenceError.missing("user prompt in \(name)")
    }

    /// A supervisor's question about the words `Hello?` that a user says before there is an instruction.
    private static func question(in name: String, after mark: String, notHaving other: String) throws -> String {
        let openings = try openings(in: name)
        guard let system = openings.first else { throw ReferenceError.missing(name) }
        let transcript = Tau1UserText.transcript([.system(system), .user(Tau1ModelUser.greeting)])
        for text in openings where text.containsText("# Transcript") && text.containsText("Hello?") {
            guard text.containsText(mark), !text.containsText(other), text.containsText(transcript) else { continue }
            return text.replacingText(transcript, with: "{transcript}")
                .replacingText(Tau1UserText.clientObject(saying: "Hello?"), with: "{response}")
                .replacingText("\nHello?\n", with: "\n{response}\n")
        }
        throw ReferenceError.missing("question in \(name)")
    }

    private static func agentPrompt(in name: String) throws -> String {
        let directory = try Tau1DataDirectory(root: OfficialTau1.root, domain: .retail)
        let domain = try Tau1Domain(.retail, in: directory)
        let head = domain.policy + "\n#Available tools\n" + JSONValue.array(domain.toolSchemas).text(.python)
        for text in try openings(in: name) where text.hasPrefix(head) { return String(text.dropFirst(head.count)) }
        throw ReferenceError.missing("agent prompt in \(name)")
    }
}
