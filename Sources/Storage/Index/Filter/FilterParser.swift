import Evaluation

/// Reads a filter expression by recursive descent: `or` binds weakest, then `and`, then `not`.
struct FilterParser {
    private let expression: String
    private let tokens: [FilterToken]
    private var position = 0
    private var depth = 0
    private var comparisons = 0

    /// SQLite bounds the depth of what an expression becomes; people do not come near.
    private static let deepest = 40
    private static let mostComparisons = 200

    init(_ expression: String) throws(FilterError) {
        self.expression = expression
        var lexer = FilterLexer(expression)
        tokens = try lexer.tokens()
    }

    /// The whole expression.
    mutating func parse() throws(FilterError) -> FilterNode {
        guard current.kind != .end else {
            throw failure("the expression is empty", advice: "for example: outcome = errored and turns > 10")
        }
        let node = try disjunction()
        guard current.kind == .end else {
            throw failure(
                "\(current.description) is not expected here", advice: "join comparisons with 'and' or 'or'")
        }
        return node
    }

    // MARK: Joining

    private mutating func disjunction() throws(FilterError) -> FilterNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw failure("the expression is nested more than \(Self.deepest) deep") }
        var parts = [try conjunction()]
        while current.keyword == "or" {
            advance()
            parts.append(try conjunction())
        }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(FilterError) -> FilterNode {
        var parts = [try negation()]
        while current.keyword == "and" {
            advance()
            parts.append(try negation())
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(FilterError) -> FilterNode {
        var isNegated = false
        while current.keyword == "not" {
            advance()
            isNegated.toggle()
        }
        let node: FilterNode
        if current.kind == .open {
            advance()
            node = try disjunction()
            try expect(.close, "')'")
        } else {
            node = try comparison()
        }
        return isNegated ? .not(node) : node
    }

    // MARK: Comparing

    private mutating func comparison() throws(FilterError) -> FilterNode {
        comparisons += 1
        guard comparisons <= Self.mostComparisons else {
            throw failure("the expression has more than \(Self.mostComparisons) comparisons")
        }
        if current.keyword == "has", tokens[position + 1].kind == .open {
            advance()
            advance()
            let subject = try subject()
            try expect(.close, "')'")
            return .has(subject)
        }
        let start = current
        let subject = try subject()
        if current.keyword == "in" {
            advance()
            return .isOneOf(subject, try list(for: subject))
        }
        guard case .comparison(let comparison) = current.kind else {
            if subject.field.kind == .truth { return .truth(subject.field) }
            throw failure(
                "'\(subject.field.rawValue)' must be compared with something",
                advice: "for example: \(Self.example(subject.field))")
        }
        try check(comparison, fits: subject.field, named: start)
        advance()
        if subject.field.kind == .truth { return try truth(subject.field, comparison) }
        return .compare(subject, comparison, try value(for: subject.field))
    }

    private mutating func subject() throws(FilterError) -> FilterSubject {
        let token = current
        guard case .word(let name) = token.kind else {
            let advice = if case .text = token.kind { "to search transcripts: text ~ …" } else { nil as String? }
            throw failure("a field's name is expected, not \(token.description)", advice: advice)
        }
        guard let field = FilterField(rawValue: name.lowercased()) else {
            let names = FilterField.allCases.map(\.rawValue)
            let advice = NearMiss.hint(name, among: names) ?? "fields: \(names.joined(separator: ", "))"
            throw failure("there is no field '\(name)'", advice: advice)
        }
        advance()
        guard field == .score else { return FilterSubject(field: field) }
        try expect(.open, "'(' and a metric's name")
        let offset = current.offset
        let metric = try word("a metric's name")
        try expect(.close, "')'")
        return FilterSubject(field: .score, metric: metric, metricOffset: offset)
    }

    private mutating func word(_ wanted: String) throws(FilterError) -> String {
        switch current.kind {
        case .word(let text), .text(let text):
            advance()
            return text
        default: throw failure("\(wanted) is expected, not \(current.description)")
        }
    }

    private mutating func truth(_ field: FilterField, _ comparison: FilterComparison) throws(FilterError) -> FilterNode
    {
        guard let word = current.keyword, word == "true" || word == "false" else {
            throw failure("'\(field.rawValue)' is true or false, not \(current.description)")
        }
        advance()
        return (word == "true") == (comparison == .equal) ? .truth(field) : .not(.truth(field))
    }

    // MARK: Values

    private mutating func list(for subject: FilterSubject) throws(FilterError) -> [FilterValue] {
        guard subject.field.kind != .truth, subject.field.kind != .fullText else {
            throw failure("'\(subject.field.rawValue)' takes no list")
        }
        try expect(.open, "'(' and a list")
        var values = [try value(for: subject.field)]
        while current.kind == .comma {
            advance()
            values.append(try value(for: subject.field))
        }
        try expect(.close, "')'")
        return values
    }

    private mutating func value(for field: FilterField) throws(FilterError) -> FilterValue {
        let token = current
        switch field.kind {
        case .number, .score:
            guard case .number(let number, let unit) = token.kind else {
                throw failure("'\(field.rawValue)' is compared with a number, not \(token.description)")
            }
            guard let factor = Self.factor(unit, of: field) else {
                let units = field == .time ? "ms, s, m, h" : "k, M"
                throw failure("'\(unit)' is no unit of '\(field.rawValue)'", advice: "units: \(units)")
            }
            advance()
            return .number(number * factor)
        case .word, .words, .fullText, .truth:
            let text: String
            switch token.kind {
            case .word(let word): text = word
            case .text(let quoted): text = quoted
            case .number: text = String(Array(expression)[token.offset..<(token.offset + token.length)])
            default: throw failure("a text is expected, not \(token.description)")
            }
            try check(text, isOf: field)
            advance()
            return .text(text)
        }
    }

    private static func factor(_ unit: String, of field: FilterField) -> Double? {
        if unit.isEmpty { return 1 }
        if field == .time { return ["ms": 0.001, "s": 1, "m": 60, "h": 3_600][unit] }
        return ["k": 1_000, "K": 1_000, "M": 1_000_000][unit]
    }

    private func check(_ text: String, isOf field: FilterField) throws(FilterError) {
        if field.kind == .fullText, !SearchText.hasWords(text) {
            throw failure("there is no word to search for")
        }
        guard let allowed = field.allowedWords, !allowed.contains(text) else { return }
        // What is compared by `~` need not be whole.
        if case .comparison(.contains) = tokens[max(0, position - 1)].kind { return }
        if case .comparison(.doesNotContain) = tokens[max(0, position - 1)].kind { return }
        throw failure(
            "'\(text)' is no \(field.rawValue)",
            advice: NearMiss.hint(text, among: allowed) ?? "it is one of \(allowed.joined(separator: ", "))")
    }

    private func check(
        _ comparison: FilterComparison, fits field: FilterField, named token: FilterToken
    ) throws(FilterError) {
        let fits: Bool
        let wanted: String
        switch field.kind {
        case .word, .words: (fits, wanted) = (!comparison.isOrder, "=, !=, ~, !~ or in")
        case .number, .score:
            (fits, wanted) = (comparison != .contains && comparison != .doesNotContain, "=, !=, <, <=, >, >= or in")
        case .truth: (fits, wanted) = (comparison == .equal || comparison == .notEqual, "= or !=")
        case .fullText: (fits, wanted) = (comparison == .contains || comparison == .doesNotContain, "~ or !~")
        }
        guard !fits else { return }
        throw failure("'\(field.rawValue)' cannot be compared by '\(comparison.rawValue)'", advice: "use \(wanted)")
    }

    private static func example(_ field: FilterField) -> String {
        switch field.kind {
        case .word, .words: "\(field.rawValue) = \"…\""
        case .number: "\(field.rawValue) > 10"
        case .truth: field.rawValue
        case .fullText: "text ~ \"refund\""
        case .score: "score(METRIC) < 1"
        }
    }

    // MARK: Tokens

    private var current: FilterToken { tokens[position] }

    private mutating func advance() { position = min(position + 1, tokens.count - 1) }

    private mutating func expect(_ kind: FilterToken.Kind, _ wanted: String) throws(FilterError) {
        guard current.kind == kind else { throw failure("\(wanted) is expected, not \(current.description)") }
        advance()
    }

    private func failure(_ message: String, advice: String? = nil) -> FilterError {
        FilterError(message, at: current.offset, length: current.length, advice: advice, in: expression)
    }
}
