/// A value while a template is rendered; it behaves as Python's value of the same kind.
enum Value {
    case undefined(Undefined)
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    /// The digits of an integer from the context that 64 bits cannot hold: it can be written and compared, not reckoned with.
    case bigInteger(String)
    case string(String)
    /// A string marked as safe by `safe`, `escape` or `tojson`: escaping leaves it alone.
    case markup(String)
    case list(ListObject)
    case tuple(TupleObject)
    case dict(DictObject)
    /// A range, iterator, dict view, namespace, macro, function or loop.
    case object(TemplateObject)

    static var emptyString: Value { .string("") }
}

/// What stands where a name or member does not exist: it may be tested and defaulted, every other use is an error.
final class Undefined {
    enum Reason {
        case name(String)
        /// `path` is how the template writes the owner, where that is simple.
        case member(owner: Value, key: Value, path: String?)
        case message(String)
    }

    let reason: Reason
    /// An inline `if` without `else` gives an undefined value that may be printed, as nothing.
    let isLenient: Bool

    init(_ reason: Reason, isLenient: Bool = false) {
        self.reason = reason
        self.isLenient = isLenient
    }
}

extension Value {
    /// The text of a string, marked safe or not.
    var text: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }

    var isString: Bool { text != nil }

    var isUndefined: Bool {
        if case .undefined = self { true } else { false }
    }

    /// The value of an integer or boolean, which Python takes for 0 or 1.
    var integer: Int? {
        switch self {
        case .int(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    /// The value of a number of any type.
    var double: Double? {
        switch self {
        case .float(let value): value
        case .bigInteger(let digits): Double(digits)
        default: integer.map(Double.init)
        }
    }

    /// Python's name for the type.
    var typeName: String {
        switch self {
        case .undefined: "Undefined"
        case .none: "NoneType"
        case .bool: "bool"
        case .int, .bigInteger: "int"
        case .float: "float"
        case .string: "str"
        case .markup: "Markup"
        case .list: "list"
        case .tuple: "tuple"
        case .dict: "dict"
        case .object(let object): object.typeName
        }
    }

    /// The type with its article, for messages.
    var described: String { Self.withArticle(typeName) }

    static func withArticle(_ name: String) -> String {
        "aeiou".contains(name.prefix(1)) ? "an \(name)" : "a \(name)"
    }
}
