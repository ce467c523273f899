/// A piece of a filter expression.
struct FilterToken: Equatable {
    enum Kind: Equatable {
        case word(String)
        case text(String)
        case number(Double, unit: String)
        case comparison(FilterComparison)
        case open
        case close
        case comma
        case end
    }

    var kind: Kind
    /// Where it stands, in characters.
    var offset: Int
    var length: Int

    /// The word in lower case, where it is one.
    var keyword: String? {
        guard case .word(let word) = kind else { return nil }
        return word.lowercased()
    }

    /// The piece as an error names it.
    var description: String {
        switch kind {
        case .word(let word): "'\(word)'"
        case .text(let text): "\"\(text.prefix(30))\""
        case .number(let number, let unit): "\(number)\(unit)"
        case .comparison(let comparison): "'\(comparison.rawValue)'"
        case .open: "'('"
        case .close: "')'"
        case .comma: "','"
        case .end: "the end"
        }
    }
}

/// How a field is compared.
enum FilterComparison: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case contains = "~"
    case doesNotContain = "!~"

    /// Whether it asks for an order.
    var isOrder: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }
}
