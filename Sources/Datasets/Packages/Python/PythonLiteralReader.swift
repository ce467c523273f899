import Evaluation
import JSON

/// Reads one constant of Python source.
struct PythonLiteralReader {
    /// The key under which a bare name is kept: data never has it.
    static let nameKey = "__name__"
    private static let deepest = 100

    private let tokens: [PythonToken]
    private var place: Int
    private let name: String
    private var depth = 0

    init(tokens: [PythonToken], place: Int, name: String) {
        self.tokens = tokens
        self.place = place
        self.name = name
    }

    /// The value that begins here.
    ///
    /// Throws ``EvaluationError``, cause `task`, with the line, for what is no constant.
    mutating func value() throws(EvaluationError) -> JSONValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw failure("it is nested too deeply") }
        guard let token = peek() else { throw failure("a value was expected at the end of the file") }
        place += 1
        switch token.kind {
        case .string(let text): return .string(strings(after: text))
        case .otherString: throw failure("an 'f' or 'b' string is no constant that is read")
        case .number(let text): return try number(text)
        case .name(let word): return try named(word)
        case .symbol("["): return .array(try list(until: "]"))
        case .symbol("("): return try parenthesized()
        case .symbol("{"): return .object(try dictionary())
        case .symbol("-"):
            guard case .number(let text)? = peek()?.kind else { throw failure("a number was expected after '-'") }
            place += 1
            return try number("-" + text)
        case .symbol(let symbol): throw failure("a value was expected, '\(symbol)' was found")
        }
    }

    /// Makes sure that nothing more of the expression follows on the line.
    func requireEndOfLine() throws(EvaluationError) {
        guard let next = peek(), place > 0, next.line == tokens[place - 1].line, next.kind != .symbol(";") else {
            return
        }
        throw failure("the expression goes on after a constant; only constants are read")
    }

    /// Strings that stand side by side are one.
    private mutating func strings(after first: String) -> String {
        var text = first
        while case .string(let next)? = peek()?.kind {
            text += next
            place += 1
        }
        return text
    }

    private func number(_ text: String) throws(EvaluationError) -> JSONValue {
        if let whole = Int64(text) { return .int(whole) }
        let lowercased = text.lowercased()
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lowercased.hasPrefix(prefix) {
            if let whole = Int64(lowercased.dropFirst(2), radix: radix) { return .int(whole) }
        }
        guard let double = Double(text), double.isFinite else { throw failure("'\(text)' is no number that is read") }
        return JSONValue(double)
    }

    private mutating func named(_ word: String) throws(EvaluationError) -> JSONValue {
        switch word {
        case "True": return true
        case "False": return false
        case "None": return .null
        default: break
        }
        guard peek()?.kind == .symbol("(") else { return [Self.nameKey: .string(word)] }
        place += 1
        return .object(try arguments(of: word))
    }

    /// The arguments of a call, all of them by name.
    private mutating func arguments(of function: String) throws(EvaluationError) -> JSONObject {
        var object = JSONObject()
        while !takes(")") {
            guard case .name(let key)? = peek()?.kind, place + 1 < tokens.count, tokens[place + 1].kind == .symbol("=")
            else { throw failure("'\(function)(…)' has an argument without a name") }
            place += 2
            guard object[key] == nil else { throw failure("'\(function)(…)' has '\(key)' twice") }
            object[key] = try value()
            try separator(before: ")")
        }
        return object
    }

    private mutating func list(until end: Character) throws(EvaluationError) -> [JSONValue] {
        var items: [JSONValue] = []
        while !takes(end) {
            items.append(try value())
            try separator(before: end)
        }
        return items
    }

    /// A tuple, or a value in parentheses.
    private mutating func parenthesized() throws(EvaluationError) -> JSONValue {
        if takes(")") { return [] }
        let first = try value()
        if takes(")") { return first }
        try separator(before: ")")
        return .array([first] + (try list(until: ")")))
    }

    private mutating func dictionary() throws(EvaluationError) -> JSONObject {
        var object = JSONObject()
        while !takes("}") {
            guard case .string(let key) = try value() else { throw failure("a key is not text") }
            guard takes(":") else { throw failure("':' was expected after the key '\(key)'") }
            object[key] = try value()
            try separator(before: "}")
        }
        return object
    }

    private mutating func separator(before end: Character) throws(EvaluationError) {
        if takes(",") || peek()?.kind == .symbol(end) { return }
        throw failure("',' or '\(end)' was expected; only constants are read")
    }

    private mutating func takes(_ symbol: Character) -> Bool {
        guard peek()?.kind == .symbol(symbol) else { return false }
        place += 1
        return true
    }

    private func peek() -> PythonToken? { place < tokens.count ? tokens[place] : nil }

    private func failure(_ message: String) -> EvaluationError {
        let line = tokens.isEmpty ? 1 : tokens[min(max(place - 1, 0), tokens.count - 1)].line
        return EvaluationError(
            .dataMalformed, message, cause: .task, location: SourceLocation(file: name, line: line, column: 1),
            advice: "the file is not the official one that is known, or it is newer")
    }
}
