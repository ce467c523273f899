import Evaluation
import GRDB

/// Turns a filter into a condition on the index's table `item`.
struct FilterCompiler {
    let filter: EpisodeFilter
    /// The scores that the run's episodes have.
    let scores: ScoreNames
    /// Whether the index has a full-text table.
    let hasFullText: Bool

    /// The condition.
    ///
    /// Throws ``FilterError`` for a metric that the run does not have, and for a search that this SQLite cannot do.
    func condition() throws(FilterError) -> SQLCondition { try compile(filter.root) }

    private func compile(_ node: FilterNode) throws(FilterError) -> SQLCondition {
        switch node {
        case .all(let parts): return .all(try compile(parts))
        case .any(let parts): return .any(try compile(parts))
        case .not(let part): return try compile(part).negated
        case .truth(let field): return SQLCondition(Self.column(field))
        case .has(let subject): return try presence(subject)
        case .isOneOf(let subject, let values):
            var parts: [SQLCondition] = []
            for value in values { parts.append(try compare(subject, .equal, value)) }
            return .any(parts)
        case .compare(let subject, let comparison, let value): return try compare(subject, comparison, value)
        }
    }

    private func compile(_ nodes: [FilterNode]) throws(FilterError) -> [SQLCondition] {
        var parts: [SQLCondition] = []
        for node in nodes { parts.append(try compile(node)) }
        return parts
    }

    // MARK: Comparisons

    private func compare(
        _ subject: FilterSubject, _ comparison: FilterComparison, _ value: FilterValue
    ) throws(FilterError) -> SQLCondition {
        switch (subject.field.kind, value) {
        case (.score, .number(let number)):
            let name = try scores.identifier(of: subject, in: filter)
            return SQLCondition(
                "id IN (SELECT item FROM score WHERE name = ? AND value \(Self.symbol(comparison)) ?)",
                [name.databaseValue, number.databaseValue])
        case (.fullText, .text(let text)): return try search(text, comparison)
        case (.words, .text(let text)): return Self.membership(subject.field, comparison, text)
        case (.number, .number(let number)):
            return SQLCondition(
                "\(Self.column(subject.field)) \(Self.symbol(comparison)) ?", [number.databaseValue])
        case (_, .text(let text)): return Self.word(Self.column(subject.field), comparison, text)
        case (_, .number(let number)):
            return SQLCondition("\(Self.column(subject.field)) = ?", [number.databaseValue])
        }
    }

    /// SQLite's sign for a comparison of values.
    private static func symbol(_ comparison: FilterComparison) -> String {
        switch comparison {
        case .equal, .contains: "="
        case .notEqual, .doesNotContain: "<>"
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }

    private static func word(_ column: String, _ comparison: FilterComparison, _ text: String) -> SQLCondition {
        switch comparison {
        case .contains: SQLCondition("instr(lower(\(column)), lower(?)) > 0", [text.databaseValue])
        case .doesNotContain: SQLCondition("instr(lower(\(column)), lower(?)) = 0", [text.databaseValue])
        default: SQLCondition("\(column) \(symbol(comparison)) ?", [text.databaseValue])
        }
    }

    /// Of several words, one must match; that one does not match means that none does.
    private static func membership(
        _ field: FilterField, _ comparison: FilterComparison, _ text: String
    ) -> SQLCondition {
        let table = field == .tag ? "tag" : "tool"
        switch comparison {
        case .contains, .doesNotContain:
            let inner = SQLCondition(
                "id IN (SELECT item FROM \(table) WHERE instr(lower(name), lower(?)) > 0)", [text.databaseValue])
            return comparison == .contains ? inner : inner.negated
        default:
            let inner = SQLCondition("id IN (SELECT item FROM \(table) WHERE name = ?)", [text.databaseValue])
            return comparison == .notEqual ? inner.negated : inner
        }
    }

    private func search(_ text: String, _ comparison: FilterComparison) throws(FilterError) -> SQLCondition {
        guard hasFullText else {
            throw FilterError(
                "the system's SQLite has no full-text search", at: 0, advice: "use an SQLite with FTS5",
                in: filter.expression)
        }
        let condition = Self.search(text)
        return comparison == .contains ? condition : condition.negated
    }

    /// Episodes in which all of the text stands, in its order.
    static func search(_ text: String) -> SQLCondition {
        SQLCondition(
            "document IN (SELECT rowid FROM body WHERE body MATCH ?)", [SearchText.phrase(text).databaseValue])
    }

    private func presence(_ subject: FilterSubject) throws(FilterError) -> SQLCondition {
        switch subject.field.kind {
        case .score:
            let name = try scores.identifier(of: subject, in: filter)
            return SQLCondition("id IN (SELECT item FROM score WHERE name = ?)", [name.databaseValue])
        case .words: return SQLCondition("id IN (SELECT item FROM \(subject.field == .tag ? "tag" : "tool"))")
        case .fullText: return SQLCondition("messages > 0")
        case .truth: return .always
        case .word, .number: return SQLCondition("\(Self.column(subject.field)) IS NOT NULL")
        }
    }

    /// The column that holds a field of one value.
    private static func column(_ field: FilterField) -> String {
        switch field {
        case .tokens: "(coalesce(input_tokens, 0) + coalesce(output_tokens, 0))"
        case .time: "duration"
        case .error: "error_code"
        default: field.rawValue
        }
    }
}
