import Evaluation
import JSON
import YAML

/// Reads YAML text into nodes that know their file, position and key path.
struct NodeReader {
    /// Each use of an alias becomes nodes of its own, so these limits also bound memory.
    private static let limits = YAMLOptions(maximumDepth: 100, maximumAliasedNodes: 50_000)

    /// The file's name in locations.
    let file: String
    /// Added to every line, and to the columns of the first line, for text that stands inside another.
    var offset = (lines: 0, columns: 0)
    /// Where the values come from, when not from a file.
    var origin: String?

    init(file: String) { self.file = file }

    /// The nodes of a text; nil when it is no YAML, which is reported.
    func read(_ text: String, path: String = "", into diagnostics: inout Diagnostics) -> ConfigNode? {
        do throws(YAMLError) {
            let root = try YAML.parse(text, options: Self.limits)
            return node(root, path: path, into: &diagnostics)
        } catch {
            let context = error.context.map { " (\($0))" } ?? ""
            diagnostics.add(
                Diagnostic(
                    .error, error.message + context, location: location(error.mark), path: path, advice: error.hint))
            return nil
        }
    }

    private func node(_ source: YAMLNode, path: String, into diagnostics: inout Diagnostics) -> ConfigNode {
        let place = location(source.start)
        switch source.content {
        case .sequence(let elements):
            let items = elements.enumerated().map { index, element in
                node(element, path: "\(path)[\(index)]", into: &diagnostics)
            }
            return ConfigNode(.sequence(items), location: place, path: path, origin: origin)
        case .mapping(let pairs):
            let entries = pairs.map { pair in
                ConfigEntry(
                    key: pair.name, keyLocation: location(pair.key.start),
                    value: node(pair.value, path: ConfigNode.path(path, key: pair.name), into: &diagnostics))
            }
            return ConfigNode(.mapping(entries), location: place, path: path, origin: origin)
        case .null, .bool, .int, .float, .string:
            let text = source.rawScalar
            let bare = ConfigNode(.scalar(.null), location: place, path: path, text: text, origin: origin)
            guard let value = ScalarReading.json(source.content) else {
                diagnostics.error("'\(text ?? "")' is not a finite number", at: bare, advice: "write it in quotes")
                return bare
            }
            return ConfigNode(.scalar(value), location: place, path: path, text: text, origin: origin)
        }
    }

    private func location(_ mark: YAMLMark) -> SourceLocation {
        let column = mark.line == 1 ? mark.column + offset.columns : mark.column
        return SourceLocation(file: file, line: mark.line + offset.lines, column: column)
    }
}

/// Turns YAML's scalars into JSON's.
enum ScalarReading {
    /// The value; nil for the numbers that JSON has no words for.
    static func json(_ content: YAMLNode.Content) -> JSONValue? {
        switch content {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .int(number)
        case .string(let text): return .string(text)
        case .float(let text): return number(text)
        case .sequence, .mapping: return nil
        }
    }

    /// What the text of a variable means: a whole number, a number, true or false, and otherwise text.
    ///
    /// Only decimal numbers count: `0x1F` and `.inf` are text, as keys and names may look like them.
    static func value(ofVariable text: String) -> JSONValue {
        let trimmed = trim(text)
        guard let last = trimmed.utf8.last else { return .string(text) }
        switch YAMLNode.Content(plainScalar: trimmed) {
        case .bool(let flag): return .bool(flag)
        case .int(let number) where !trimmed.contains("x") && !trimmed.contains("o"): return .int(number)
        case .float(let digits) where (48...57).contains(last) || last == UInt8(ascii: "."):
            return digits.contains("x") ? .string(text) : number(digits) ?? .string(text)
        default: return .string(text)
        }
    }

    /// The text without white space around it.
    static func trim(_ text: String) -> String {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    private static func number(_ text: String) -> JSONValue? {
        // A text that JSON does not take as it stands (`.5`, `+1.0`) is no error: its value is written anew.
        if let exact = try? JSONValue.parse(text), exact.doubleValue?.isFinite ?? false { return exact }
        guard let double = YAMLNode(.float(text)).double, double.isFinite else { return nil }
        return JSONValue(double)
    }
}
