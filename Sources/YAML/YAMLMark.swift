/// A position in YAML text, as an editor shows it.
///
/// Lines and columns count from one; columns and offsets count Unicode scalars, not bytes.
public struct YAMLMark: Sendable, Hashable {
    private let storedLine: UInt32
    private let storedColumn: UInt32
    private let storedOffset: UInt32

    /// The line, counted from one.
    public var line: Int { Int(storedLine) }

    /// The column, counted from one in Unicode scalars.
    public var column: Int { Int(storedColumn) }

    /// The number of Unicode scalars before this position; a leading byte order mark is not counted.
    public var offset: Int { Int(storedOffset) }

    /// Makes a position from one-based line and column and a zero-based offset; values out of range are clamped.
    public init(line: Int, column: Int, offset: Int) {
        storedLine = UInt32(clamping: line)
        storedColumn = UInt32(clamping: column)
        storedOffset = UInt32(clamping: offset)
    }

    /// The first position of a text.
    public static let start = YAMLMark(line: 1, column: 1, offset: 0)
}

extension YAMLMark: CustomStringConvertible {
    /// `line:column`, the form that editors and terminals make into a link.
    public var description: String { "\(line):\(column)" }
}

extension YAMLMark: Comparable {
    /// Orders positions of the same text.
    public static func < (left: YAMLMark, right: YAMLMark) -> Bool { left.offset < right.offset }
}
