public import Evaluation
public import JSON

/// A number of bytes as people write it: `4g`, `512m`, `1.5GiB`, or a plain number.
public struct ByteCount: ParameterValue, Hashable {
    /// The bytes.
    public var bytes: Int

    /// What may be written beyond a disk limit before a command is ended for it.
    static let diskSlack = 4 << 20

    /// Takes a number of bytes.
    public init(_ bytes: Int) { self.bytes = bytes }

    /// Reads a text; nil when it is no number of bytes.
    ///
    /// Units are powers of 1024, as the engine reads them.
    public init?(_ text: String) {
        var digits = text.lowercased().filter { $0 != " " }
        for ending in ["ib", "b"] where digits.hasSuffix(ending) {
            digits.removeLast(ending.count)
            break
        }
        let shift = digits.last.flatMap { ["k": 10, "m": 20, "g": 30, "t": 40][$0] }
        if shift != nil { digits.removeLast() }
        guard let number = Double(digits), number >= 0, number < (shift == nil ? 1e15 : 1e6) else { return nil }
        let unit = shift.map { 1 << $0 } ?? 1
        self.init(Int(number * Double(unit)))
    }

    /// Text or a whole number.
    public static var schema: ParameterSchema { .either([.string(), .integer(minimum: 0)]) }

    /// Reads a number with or without a unit.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if let text = node.text, case .scalar = node.content, let count = Self(text) { return count }
        diagnostics.error("expected a number of bytes such as 512m or 4g", at: node)
        return nil
    }

    /// The bytes.
    public var json: JSONValue { .int(Int64(bytes)) }
}
