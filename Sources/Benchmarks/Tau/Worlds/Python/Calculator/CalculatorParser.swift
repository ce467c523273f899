/// Reads an expression by CPython's grammar into instructions for a ``CalculatorMachine``.
///
/// As CPython does, a first pass only looks for a valid expression; when there is none, a second one looks for mistakes that have
/// texts of their own. Like its grammar, the rules take the longest valid part and step back over the rest.
struct CalculatorParser {
    /// How deep powers may be nested; CPython's own limit is of this order.
    private static let maximumPowers = 1000

    private let tokens: [CalculatorToken]
    private var place = 0
    private var powers = 0
    private var looksForMistakes = false
    private var instructions: [CalculatorInstruction] = []

    init(_ source: String) {
        var tokenizer = CalculatorTokenizer(source)
        tokens = tokenizer.tokens()
    }

    /// The instructions of the whole expression.
    ///
    /// Throws CPython's `SyntaxError`.
    mutating func parse() throws(PythonException) -> [CalculatorInstruction] {
        if try expression(), try peek() == .end { return instructions }
        throw secondPassError()
    }

    /// What CPython says about an expression that its first pass has not understood.
    private mutating func secondPassError() -> PythonException {
        if tokens.count == 1 { return Self.syntaxError("invalid syntax", line: 0) }
        place = 0
        instructions = []
        looksForMistakes = true
        var found = Self.syntaxError("invalid syntax")
        do throws(PythonException) { _ = try expression() } catch { found = error }
        // A mistake of spelling anywhere outweighs one of grammar; parentheses left open do not.
        if case .error(let text)? = tokens.last?.kind, text != "'(' was never closed" { return Self.syntaxError(text) }
        return found
    }

    private static func syntaxError(_ text: String, line: Int = 1) -> PythonException {
        PythonException(.syntaxError, "\(text) (<string>, line \(line))")
    }

    /// The next token; one that the tokenizer refused is an error as soon as it is looked at.
    private func peek() throws(PythonException) -> CalculatorToken.Kind {
        let kind = tokens[place].kind
        if case .error(let text) = kind { throw Self.syntaxError(text) }
        return kind
    }

    private mutating func take(_ symbol: CalculatorToken.Symbol) throws(PythonException) -> Bool {
        guard try peek() == .symbol(symbol) else { return false }
        place += 1
        return true
    }

    private mutating func expression() throws(PythonException) -> Bool {
        guard try sum() else { return false }
        guard looksForMistakes else { return true }
        // Two expressions side by side within parentheses look like a forgotten comma.
        let (end, count) = (place, instructions.count)
        looksForMistakes = false
        let hasSecond = try sum()
        looksForMistakes = true
        if hasSecond, tokens[place - 1].depth > 0 {
            throw Self.syntaxError("invalid syntax. Perhaps you forgot a comma?")
        }
        goBack(to: end, count)
        return true
    }

    private mutating func sum() throws(PythonException) -> Bool {
        guard try term() else { return false }
        while true {
            let (start, count) = (place, instructions.count)
            let operation: CalculatorInstruction
            if try take(.plus) {
                operation = .add
            } else if try take(.minus) {
                operation = .subtract
            } else {
                return true
            }
            guard try term() else {
                goBack(to: start, count)
                return true
            }
            instructions.append(operation)
        }
    }

    private mutating func term() throws(PythonException) -> Bool {
        guard try factor() else { return false }
        while true {
            let (start, count) = (place, instructions.count)
            let operation: CalculatorInstruction
            if try take(.times) {
                operation = .multiply
            } else if try take(.over) {
                operation = .divide
            } else if try take(.floor) {
                operation = .divideFloored
            } else {
                return true
            }
            guard try factor() else {
                goBack(to: start, count)
                return true
            }
            instructions.append(operation)
        }
    }

    /// Signs before a power; a run of them is read in a loop, so that its length does not matter.
    private mutating func factor() throws(PythonException) -> Bool {
        let (start, count) = (place, instructions.count)
        var signs: [CalculatorInstruction] = []
        while true {
            if try take(.minus) {
                signs.append(.negate)
            } else if try take(.plus) {
                signs.append(.affirm)
            } else {
                break
            }
        }
        guard try power() else {
            goBack(to: start, count)
            return false
        }
        instructions.append(contentsOf: signs.reversed())
        return true
    }

    private mutating func power() throws(PythonException) -> Bool {
        guard try primary() else { return false }
        let (start, count) = (place, instructions.count)
        guard try take(.power) else { return true }
        guard powers < Self.maximumPowers else {
            throw PythonException(.memoryError, "Parser stack overflowed - Memory Error")
        }
        powers += 1
        defer { powers -= 1 }
        guard try factor() else {
            goBack(to: start, count)
            return true
        }
        instructions.append(.raise)
        return true
    }

    private mutating func primary() throws(PythonException) -> Bool {
        guard try atom() else { return false }
        while true {
            let (start, count) = (place, instructions.count)
            if try take(.point) {
                // An attribute cannot be written, but what stands in its place is looked at.
                _ = try peek()
                goBack(to: start, count)
            }
            guard try take(.open) else { return true }
            guard let call = try callArguments() else {
                goBack(to: start, count)
                return true
            }
            instructions.append(call)
        }
    }

    /// The rest of a call after its opening parenthesis; nil when it is none.
    private mutating func callArguments() throws(PythonException) -> CalculatorInstruction? {
        if try take(.close) { return .call(.nothing) }
        let passing: CalculatorInstruction.Passing
        if try take(.times) {
            passing = .spread
        } else if try take(.power) {
            passing = .spreadPairs
        } else {
            passing = .plain
        }
        guard try expression(), try take(.close) else { return nil }
        return .call(passing)
    }

    private mutating func atom() throws(PythonException) -> Bool {
        switch try peek() {
        case .number(let number): instructions.append(.push(.number(number)))
        case .ellipsis: instructions.append(.push(.ellipsis))
        case .symbol(.open): return try parenthesized()
        default: return false
        }
        place += 1
        return true
    }

    private mutating func parenthesized() throws(PythonException) -> Bool {
        let (start, count) = (place, instructions.count)
        place += 1
        if try take(.close) {
            instructions.append(.push(.tuple))
            return true
        }
        if try expression(), try take(.close) { return true }
        goBack(to: start, count)
        if looksForMistakes { try refuseStarredGroup() }
        return false
    }

    /// Only a call may spread its argument.
    private mutating func refuseStarredGroup() throws(PythonException) {
        let (start, count) = (place, instructions.count)
        place += 1
        let stars: String
        if try take(.times) {
            stars = "starred"
        } else if try take(.power) {
            stars = "double starred"
        } else {
            stars = ""
        }
        if !stars.isEmpty, try expression(), try take(.close) {
            throw Self.syntaxError("cannot use \(stars) expression here")
        }
        goBack(to: start, count)
    }

    private mutating func goBack(to place: Int, _ count: Int) {
        self.place = place
        instructions.removeSubrange(count...)
    }
}
