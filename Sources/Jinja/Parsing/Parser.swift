/// Builds statements from tokens.
struct Parser {
    /// How deep blocks and expressions may nest; parsing and evaluation recurse as deep.
    static let maximumDepth = 100

    private let tokens: [Token]
    private let name: String
    private var index = 0
    /// How many blocks and parentheses are open.
    private var depth = 0
    /// The special variables that each open macro has used so far.
    var specials: [MacroDefinition.Specials] = []
    /// How many loops are open in the innermost macro.
    var openLoops = 0

    init(tokens: [Token], name: String) {
        self.tokens = tokens
        self.name = name
    }

    mutating func template() throws(TemplateError) -> [Statement] {
        let (body, _) = try statements(until: [], of: "", openedAt: current.position)
        return body
    }

    // MARK: Tokens

    var current: Token { tokens[index] }
    var next: Token { tokens[min(index + 1, tokens.count - 1)] }

    mutating func advance() {
        if index + 1 < tokens.count { index += 1 }
    }

    func isAt(_ symbol: Token.Symbol) -> Bool { current.kind == .symbol(symbol) }

    func isAt(name: String) -> Bool { current.kind == .name(name) }

    mutating func skip(_ symbol: Token.Symbol) -> Bool {
        guard isAt(symbol) else { return false }
        advance()
        return true
    }

    mutating func skip(name: String) -> Bool {
        guard isAt(name: name) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol) throws(TemplateError) {
        guard skip(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
    }

    mutating func expect(name: String) throws(TemplateError) {
        guard skip(name: name) else { throw unexpected("'\(name)'") }
    }

    mutating func expectName() throws(TemplateError) -> String {
        guard case .name(let name) = current.kind else { throw unexpected("a name") }
        advance()
        return name
    }

    mutating func expectEnd(_ kind: Token.Kind) throws(TemplateError) {
        guard current.kind == kind else { throw unexpected(kind.description) }
        advance()
    }

    // MARK: Errors

    func failure(_ message: String, at position: Position) -> TemplateError {
        TemplateError(message, name: name, line: Int(position.line), column: Int(position.column))
    }

    func unexpected(_ expected: String) -> TemplateError {
        failure("expected \(expected), got \(current.kind.description)", at: current.position)
    }

    /// Enters one level of nesting; every call is paired with ``leave()`` unless parsing fails.
    mutating func enter() throws(TemplateError) {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw failure("blocks and parentheses nest deeper than \(Self.maximumDepth) levels", at: current.position)
        }
    }

    mutating func leave() { depth -= 1 }
}
