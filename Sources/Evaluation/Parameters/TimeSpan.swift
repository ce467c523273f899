public import JSON

/// A length of time as people write it: seconds, or a number with a unit (`90m`, `2h`, `30d`).
public struct TimeSpan: ParameterValue, Hashable {
    /// The length in seconds; never negative.
    public var seconds: Double

    /// Takes a length in seconds.
    public init(seconds: Double) { self.seconds = seconds }

    /// Reads what a person wrote; nil for anything but a number that is not negative, with a unit or without.
    public init?(_ text: String) {
        let units = ["ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800]
        let number = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(number.count)
        guard let value = Double(number), value.isFinite, let factor = unit.isEmpty ? 1 : units[String(unit)] else {
            return nil
        }
        seconds = value * factor
    }

    /// A number of seconds, or text.
    public static var schema: ParameterSchema { .either([.number(minimum: 0), .string()]) }

    /// Reads a number of seconds, or a number with a unit.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> TimeSpan? {
        if case .scalar(let value) = node.content {
            if let seconds = value.doubleValue, seconds.isFinite, seconds >= 0 { return Self(seconds: seconds) }
            if let span = value.stringValue.flatMap({ Self($0) }) { return span }
        }
        diagnostics.error(
            "expected a length of time, found \(node.text.map { "'\($0)'" } ?? node.kindName)", at: node,
            advice: "write seconds, or a number with a unit: 45s, 90m, 2h, 30d")
        return nil
    }

    /// The length in seconds.
    public var json: JSONValue { JSONValue(seconds) }
}

extension TimeSpan: CustomStringConvertible {
    /// The length in the largest unit that it is a whole number of: `90m`, `2h`, `1.5s`.
    public var description: String {
        for (unit, size) in [("d", 86_400.0), ("h", 3600), ("m", 60)] where seconds >= size {
            if let count = Int(exactly: seconds / size) { return "\(count)\(unit)" }
        }
        return "\(JSONValue(seconds).text())s"
    }
}
