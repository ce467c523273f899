import Evaluation
import JSON

/// `passthrough`: no template; the sample's own messages, or its `prompt`, `text` or `question` where it has none.
struct PassthroughRenderer: PromptRenderer {
    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        guard messages.isEmpty else { return messages }
        let sample = variables["sample"] ?? [:]
        for key in ["prompt", "text", "question"] {
            if let text = sample[key]?.stringValue { return [.user(text)] }
        }
        return []
    }
}

/// `jinja`: the rendered text is the instruction above the sample's messages, or the whole question where there are none.
struct JinjaRenderer: PromptRenderer {
    let template: PromptTemplate

    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        let text = try template.render(variables)
        return messages.isEmpty ? [.user(text)] : [.system(text)] + messages
    }
}

/// `jinja_chat`: the rendered text is one message, before the sample's messages unless these are to be left out.
struct JinjaChatRenderer: PromptRenderer {
    let template: PromptTemplate
    let role: Message.Role
    let includesExisting: Bool

    init(_ entry: PromptEntry) throws {
        let settings = RendererSettings(params: entry.params)
        template = try PromptTemplate(entry)
        let name = try settings.text("role", default: "system", allowed: ["system", "developer", "user", "assistant"])
        role = Message.Role(rawValue: name) ?? .system
        includesExisting = try settings.flag("include_existing", default: true)
    }

    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        let message = Message(role: role, content: .text(try template.render(variables)))
        return includesExisting ? [message] + messages : [message]
    }
}

/// `jinja_delimited_chat`: the rendered text is cut into messages at delimiter lines.
///
/// The first part is the system message; then user and assistant take turns. A section delimiter parts the *header* from
/// the *body*; `mode` says which of them is used.
struct DelimitedChatRenderer: PromptRenderer {
    enum Mode: String, CaseIterable {
        case full
        case header
        case body
        case headerAndFirstOfBody = "header_body_first_user"
    }

    let template: PromptTemplate
    let mode: Mode
    let includesSystem: Bool
    let messageDelimiter: String
    let sectionDelimiter: String
    let name: String

    init(_ entry: PromptEntry) throws {
        let settings = RendererSettings(params: entry.params)
        template = try PromptTemplate(entry)
        name = entry.promptID
        let word = try settings.text("mode", default: "full", allowed: Mode.allCases.map(\.rawValue))
        mode = Mode(rawValue: word) ?? .full
        includesSystem = try settings.flag("include_system", default: true)
        messageDelimiter = try settings.text("message_delimiter", default: "---")
        sectionDelimiter = try settings.text("section_delimiter", default: "===")
    }

    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        let text = try template.render(variables)
        let sections = Self.cut(text, at: sectionDelimiter)
        let chosen: [Message]
        switch mode {
        case .full:
            chosen = Self.messages(of: sections.flatMap { Self.cut($0, at: messageDelimiter) })
        case .header, .body, .headerAndFirstOfBody:
            guard sections.count == 2 else {
                throw EvaluationError(
                    .configurationInvalid,
                    "prompt '\(name)' has \(sections.count) sections, and mode '\(mode.rawValue)' needs 2",
                    cause: .configuration,
                    advice: "put one line '\(sectionDelimiter)' between the header and the body")
            }
            let header = Self.messages(of: Self.cut(sections[0], at: messageDelimiter))
            let body = Self.cut(sections[1], at: messageDelimiter).map(Message.user)
            switch mode {
            case .header: chosen = header
            case .body: chosen = Self.turns(of: body.compactMap(\.text))
            default: chosen = header + body.prefix(1)
            }
        }
        return includesSystem ? chosen : chosen.filter { $0.role != .system }
    }

    /// Parts of a text between lines that hold nothing but the delimiter; blank parts are left out.
    static func cut(_ text: String, at delimiter: String) -> [String] {
        var parts: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if PromptTemplate.stripped(String(line)) == delimiter {
                parts.append([])
            } else {
                parts[parts.count - 1].append(line)
            }
        }
        return parts.map { PromptTemplate.stripped($0.joined(separator: "\n")) }.filter { !$0.isEmpty }
    }

    private static func messages(of parts: [String]) -> [Message] {
        guard let first = parts.first else { return [] }
        return [.system(first)] + turns(of: Array(parts.dropFirst()))
    }

    private static func turns(of parts: [String]) -> [Message] {
        parts.enumerated().map { index, text in index.isMultiple(of: 2) ? .user(text) : .assistant(text) }
    }
}
