/// How a value is written as text.
public struct JSONStyle: Sendable, Hashable {
    /// How numbers are written.
    public enum NumberForm: Sendable, Hashable {
        /// As they were read: `1.50`, `1E5`, `-0`.
        case exact
        /// As Python writes them after reading: `1.5`, `100000.0`, `0`.
        case python
    }

    /// What stands between elements and between members.
    public var itemSeparator: String
    /// What stands between a key and its value.
    public var keySeparator: String
    /// Whether members are written in the order of their keys' code points instead of their own.
    public var sortsKeys: Bool
    /// Whether everything beyond printable ASCII is escaped, as UTF-16 code units.
    public var asciiOnly: Bool
    /// Spaces per level when every element and member gets a line of its own, or nil for one line.
    public var indent: Int?
    /// How numbers are written.
    public var numbers: NumberForm

    /// Makes a style; what is left out is as in ``compact``.
    public init(
        itemSeparator: String = ",", keySeparator: String = ":", sortsKeys: Bool = false, asciiOnly: Bool = false,
        indent: Int? = nil, numbers: NumberForm = .exact
    ) {
        self.itemSeparator = itemSeparator
        self.keySeparator = keySeparator
        self.sortsKeys = sortsKeys
        self.asciiOnly = asciiOnly
        self.indent = indent
        self.numbers = numbers
    }

    /// One line without spaces: `{"b":1,"a":[1.0,2]}`.
    public static let compact = JSONStyle()

    /// One member or element a line, indented by two spaces.
    public static let pretty = JSONStyle(keySeparator: ": ", indent: 2)

    /// Compact, with the keys of every object sorted by code point, so that equal values have equal bytes.
    public static let canonical = JSONStyle(sortsKeys: true)

    /// What Python's `json.dumps(value)` writes.
    public static let python = JSONStyle(itemSeparator: ", ", keySeparator: ": ", asciiOnly: true, numbers: .python)

    /// What Python's `json.dumps(value, sort_keys=True)` writes.
    public static let pythonSorted = JSONStyle(
        itemSeparator: ", ", keySeparator: ": ", sortsKeys: true, asciiOnly: true, numbers: .python)
}
