import Evaluation
import JSON

/// The constants in a Python file, read without running it.
///
/// What can be read is what data in Python files is written in: strings, numbers, `True`, `False`, `None`, lists, tuples,
/// dictionaries, and calls that only name their arguments, `Task(user_id="…", actions=[…])`, which become objects.
struct PythonModule {
    let name: String
    private let tokens: [PythonToken]

    /// Takes a file's text; `name` is what errors call it.
    ///
    /// Throws ``EvaluationError``, cause `task`, for text that is not Python.
    init(_ bytes: [UInt8], name: String) throws(EvaluationError) {
        self.name = name
        var tokenizer = PythonTokenizer(bytes, name: name)
        tokens = try tokenizer.tokens()
    }

    /// The value that is assigned to a name, at the left margin or as `self.<name>`; nil where nothing is.
    func assigned(to variable: String) throws(EvaluationError) -> JSONValue? {
        for place in tokens.indices.dropLast() where tokens[place].kind == .name(variable) {
            let isAttribute = place > 0 && tokens[place - 1].kind == .symbol(".")
            guard tokens[place].startsLine || isAttribute, tokens[place + 1].kind == .symbol("="),
                place + 2 < tokens.count, tokens[place + 2].kind != .symbol("=")
            else { continue }
            return try value(at: place + 2)
        }
        return nil
    }

    /// The value that a function returns in its first `return`; nil where there is no such function.
    func returned(by function: String) throws(EvaluationError) -> JSONValue? {
        let definition = tokens.indices.dropLast().first { place in
            tokens[place].kind == .name("def") && tokens[place + 1].kind == .name(function)
        }
        guard let definition, let place = tokens[definition...].firstIndex(where: { $0.kind == .name("return") }) else {
            return nil
        }
        return try value(at: place + 1)
    }

    /// The names in a list of names, `ALL = [A, B]`; nil where nothing is assigned.
    func names(assignedTo variable: String) throws(EvaluationError) -> [String]? {
        guard let value = try assigned(to: variable) else { return nil }
        return value.arrayValue?.compactMap { $0[PythonLiteralReader.nameKey]?.stringValue }
    }

    /// The modules that names are imported from: `from .module import Name`.
    func imports() -> [String: String] {
        var modules: [String: String] = [:]
        for place in tokens.indices where tokens[place].kind == .name("from") && tokens[place].startsLine {
            let line = tokens[place...].prefix { $0.line == tokens[place].line }
            let words = line.compactMap { token in
                if case .name(let word) = token.kind { word } else { nil as String? }
            }
            guard words.count >= 4, let at = words.firstIndex(of: "import"), at >= 2 else { continue }
            for word in words[(at + 1)...] { modules[word] = words[at - 1] }
        }
        return modules
    }

    private func value(at place: Int) throws(EvaluationError) -> JSONValue {
        var reader = PythonLiteralReader(tokens: tokens, place: place, name: name)
        let value = try reader.value()
        // `"a" + b` begins with a constant, and is none.
        try reader.requireEndOfLine()
        return value
    }
}
