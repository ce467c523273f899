import Evaluation
import JSON

/// A port to publish: `8000:8000`, `127.0.0.1:8000:8000`, `8000` or `0:8000` for one that the engine chooses.
struct PortText: ParameterValue {
    var port: ContainerSpecification.PublishedPort

    static var schema: ParameterSchema { .either([.string(), .integer(minimum: 1, maximum: 65535)]) }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if let text = node.text, let port = read(text) { return Self(port: port) }
        if let pair = node.items?.compactMap(\.text), pair.count == 2, let port = read("\(pair[0]):\(pair[1])") {
            return Self(port: port)
        }
        diagnostics.error(
            "expected a port such as \"8000:8000\"", at: node,
            advice: "write \"HOST:CONTAINER\", or \"0:CONTAINER\" to have a free port of the machine chosen")
        return nil
    }

    private static func read(_ text: String) -> ContainerSpecification.PublishedPort? {
        let plain = text.hasSuffix("/tcp") ? text.dropLast(4) : text[...]
        let parts = plain.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        func number(_ text: String, _ range: ClosedRange<Int>) -> Int? {
            text.isEmpty && range.contains(0) ? 0 : Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
        guard let inner = number(parts.last ?? "", 1...65535), parts.count <= 3 else { return nil }
        guard parts.count > 1 else { return .init(containerPort: inner) }
        guard let outer = number(parts[parts.count - 2], 0...65535) else { return nil }
        return .init(
            containerPort: inner, hostPort: outer, hostAddress: parts.count == 3 ? parts[0] : "127.0.0.1")
    }

    var json: JSONValue { .string("\(port.hostAddress):\(port.hostPort):\(port.containerPort)") }
}

/// Environment variables as a mapping, or as a list of `NAME=value`.
struct VariablesText: ParameterValue {
    var variables: [String: String] = [:]

    static var schema: ParameterSchema { .either([.map(.any), .list(.string())]) }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        var found = Self()
        switch node.content {
        case .mapping(let entries):
            for entry in entries {
                guard case .scalar = entry.value.content else {
                    diagnostics.error("expected a text, found \(entry.value.kindName)", at: entry.value)
                    continue
                }
                found.variables[entry.key] = entry.value.isNull ? "" : entry.value.text ?? ""
            }
        case .sequence(let items):
            for item in items {
                guard let text = item.text, let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                    diagnostics.error("expected NAME=value", at: item)
                    continue
                }
                found.variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
        default:
            diagnostics.error("expected a mapping or a list of NAME=value, found \(node.kindName)", at: node)
            return nil
        }
        return found
    }

    var json: JSONValue { variables.json }
}

/// A command: a list taken as it is, or a text taken apart as a shell does.
struct CommandText: ParameterValue {
    var words: [String] = []

    static var schema: ParameterSchema { .either([.string(), .list(.string())]) }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if let items = node.items { return Self(words: items.compactMap(\.text)) }
        if let text = node.text, let words = split(text) { return Self(words: words) }
        diagnostics.error("expected a command: a text with its quotes closed, or a list", at: node)
        return nil
    }

    /// The words of a text by the shell's rules for quotes and backslashes; nil when a quote is not closed.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                let keepsBackslash = quote == "\"" && !"\"\\$`".contains(character)
                word = (word ?? "") + (keepsBackslash ? "\\" : "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
                word = word ?? ""
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else { return nil }
        return words + (word.map { [$0] } ?? [])
    }

    var json: JSONValue { .array(words.map { .string($0) }) }
}
