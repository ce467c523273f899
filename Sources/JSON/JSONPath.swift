/// A dotted path into a value: `a.b[0].c`.
///
/// Names are parted by dots, indices stand in brackets, negative ones counting from the end. A name with dots or brackets in it
/// stands in brackets and double quotes: `a["x.y"]`, with `\"` and `\\` for a quote and a backslash. A name of digits also
/// reaches into an array: `a.0`. The empty path is the whole value.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// One step of a path.
    public enum Step: Sendable, Hashable {
        /// Into an object.
        case key(String)
        /// Into an array.
        case index(Int)
    }

    /// The steps from the outermost value inwards.
    public var steps: [Step]

    /// Makes a path from its steps.
    public init(steps: [Step]) {
        self.steps = steps
    }

    /// Reads a path; nil when it is malformed.
    public init?(_ text: String) {
        var scanner = Scanner(text)
        guard let steps = scanner.steps() else { return nil }
        self.init(steps: steps)
    }

    /// The path as text.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where JSONPath.isPlain(key): text += text.isEmpty ? key : "." + key
            case .key(let key):
                text += "[\""
                for scalar in key.unicodeScalars {
                    if scalar == "\"" || scalar == "\\" { text += "\\" }
                    text.unicodeScalars.append(scalar)
                }
                text += "\"]"
            }
        }
        return text
    }

    /// The value that the path leads to, or nil.
    public func value(in value: JSONValue) -> JSONValue? {
        var value = value
        for step in steps {
            switch (step, value) {
            case (.key(let key), .object(let object)):
                guard let next = object[key] else { return nil }
                value = next
            case (.key(let key), .array(let elements)):
                guard let index = JSONPointer.index(key), index < elements.count else { return nil }
                value = elements[index]
            case (.index(let index), .array(let elements)):
                let place = index < 0 ? elements.count + index : index
                guard elements.indices.contains(place) else { return nil }
                value = elements[place]
            default: return nil
            }
        }
        return value
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty && !key.unicodeScalars.contains { $0 == "." || $0 == "[" || $0 == "]" || $0 == "\"" }
    }
}

extension JSONPath {
    /// Reads the notation.
    private struct Scanner {
        private var rest: Substring.UnicodeScalarView

        init(_ text: String) {
            rest = text[...].unicodeScalars
        }

        mutating func steps() -> [Step]? {
            var steps: [Step] = []
            while let next = rest.first {
                if next == "[" {
                    rest.removeFirst()
                    guard let step = bracket() else { return nil }
                    steps.append(step)
                } else {
                    if !steps.isEmpty {
                        guard next == "." else { return nil }
                        rest.removeFirst()
                    }
                    guard let step = name() else { return nil }
                    steps.append(step)
                }
            }
            return steps
        }

        private mutating func name() -> Step? {
            var name = ""
            while let next = rest.first, next != ".", next != "[" {
                guard next != "]", next != "\"" else { return nil }
                name.unicodeScalars.append(next)
                rest.removeFirst()
            }
            return name.isEmpty ? nil : .key(name)
        }

        private mutating func bracket() -> Step? {
            guard rest.first == "\"" else {
                let digits = String(String.UnicodeScalarView(rest.prefix { $0 != "]" }))
                rest = rest.dropFirst(digits.unicodeScalars.count)
                guard rest.popFirst() == "]", let index = Int(digits), digits.first != "+" else { return nil }
                return .index(index)
            }
            rest.removeFirst()
            var name = ""
            while let next = rest.popFirst() {
                switch next {
                case "\"": return rest.popFirst() == "]" ? .key(name) : nil
                case "\\":
                    guard let escaped = rest.popFirst() else { return nil }
                    name.unicodeScalars.append(escaped)
                default: name.unicodeScalars.append(next)
                }
            }
            return nil
        }
    }
}
