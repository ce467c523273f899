/// Numbers as people read them.
public enum NumberText {
    /// With this many digits after the point: `0.667`.
    public static func fixed(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return "–" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 9e15 else { return String(value) }
        let whole = Int64(scaled / scale)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let part = String(Int64(scaled) - whole * Int64(scale))
        return "\(sign)\(whole).\(String(repeating: "0", count: digits - part.count))\(part)"
    }

    /// With as many digits as say something: whole numbers bare, others with three after the point.
    public static func short(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        if value == value.rounded(), value.magnitude < 1e9 { return count(Int(value)) }
        return fixed(value, digits: value.magnitude >= 100 ? 1 : 3)
    }

    /// A large number in few characters: `950`, `12.3k`, `4.5M`.
    public static func compact(_ value: Double) -> String {
        guard value.magnitude >= 10_000 else { return short(value.rounded()) }
        let (scaled, unit) = value.magnitude >= 999_500 ? (value / 1e6, "M") : (value / 1e3, "k")
        let text = fixed(scaled, digits: scaled.magnitude < 100 ? 1 : 0)
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + unit
    }

    /// A share in percent: `66.7 %`.
    public static func percent(_ share: Double) -> String { "\(fixed(share * 100, digits: 1)) %" }

    /// An amount of money: `$0.0132`, with more digits the smaller it is.
    public static func dollars(_ amount: Double) -> String {
        "$" + fixed(amount, digits: amount.magnitude >= 10 ? 2 : 4)
    }

    /// A count with a thin space between groups of three: `1 234 567`.
    public static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "\u{2009}" }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// A duration: `40 µs`, `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 10 min`.
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "–" }
        if seconds > 0, seconds < 0.0095 { return brief(seconds) }
        if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
        if seconds < 60 { return "\(fixed(seconds, digits: 1)) s" }
        let whole = Int(seconds.rounded())
        if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
        return "\(whole / 3600) h \(padded(whole % 3600 / 60)) min"
    }

    /// Less than ten milliseconds: `3.5 ms`, `40 µs`.
    private static func brief(_ seconds: Double) -> String {
        if seconds < 0.0009995 { return "\(Int((seconds * 1e6).rounded())) µs" }
        let text = fixed(seconds * 1000, digits: 1)
        return "\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) ms"
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
