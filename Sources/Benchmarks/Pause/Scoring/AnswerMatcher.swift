import JSON

/// Looks for an expected value in what an assistant said.
struct AnswerMatcher {
    let answer: PauseGold.Answer

    /// Whether some text has the value.
    func isFound(in texts: [String]) -> Bool { texts.contains { isFound(in: $0) } }

    private func isFound(in text: String) -> Bool {
        if let number = answer.value.doubleValue { return hasNumber(number, in: text) }
        guard let expected = answer.value.stringValue, !expected.isEmpty else { return false }
        if let day = CalendarDay(expected), expected.utf8.count == 10 { return hasDay(day, in: text) }
        if let minute = Self.clock(expected) { return hasClock(minute, in: text) }
        return (" " + Self.plain(text) + " ").contains(" " + Self.plain(expected) + " ")
    }

    private func hasNumber(_ expected: Double, in text: String) -> Bool {
        let unit = answer.unit.flatMap { QuantityUnit($0) }
        return QuantityScanner.quantities(in: text).contains { quantity in
            var value = quantity.value
            if let unit, let given = quantity.unit {
                guard unit.dimension == given.dimension else { return false }
                value = value * given.factor / unit.factor
            }
            // A little more than the tolerance, for the rounding of decimal fractions.
            return abs(value - expected) <= answer.tolerance + 1e-6 * max(1, abs(expected))
        }
    }

    /// Finds `2025-03-04`, `March 4`, `Mar 4th`, `4 March` and `4th of March`.
    private func hasDay(_ day: CalendarDay, in text: String) -> Bool {
        if text.contains(day.description) { return true }
        let (_, month, number) = day.parts
        let words = Self.plain(text).split(separator: " ")
        let days = ["", "st", "nd", "rd", "th"].map { "\(number)\($0)" } + [padded(number, to: 2)]
        let name = Self.months[month - 1]
        for (place, word) in words.enumerated() where word == name || word == name.prefix(3) {
            let near = [place - 2, place - 1, place + 1].filter { words.indices.contains($0) }
            for index in near where days.contains(String(words[index])) {
                if index != place - 2 || words[place - 1] == "of" { return true }
            }
        }
        return false
    }

    /// Finds `18:00`, `6 pm`, `6:00 PM` and, for a full hour, `18h`.
    private func hasClock(_ minute: Int, in text: String) -> Bool {
        let lower = text.lowercased()
        let hour = minute / 60
        let rest = padded(minute % 60, to: 2)
        let half = hour < 12 ? "am" : "pm"
        let short = hour % 12 == 0 ? 12 : hour % 12
        var forms = ["\(padded(hour, to: 2)):\(rest)", "\(hour):\(rest)"]
        for gap in ["", " ", "\u{202F}"] {
            forms.append("\(short):\(rest)\(gap)\(half)")
            if minute % 60 == 0 { forms.append("\(short)\(gap)\(half)") }
        }
        return forms.contains { form in Self.contains(form, in: lower) }
    }

    /// Whether a form stands in a text without a digit or colon directly before it and without a digit behind it.
    private static func contains(_ form: String, in text: String) -> Bool {
        let bytes = Array(text.utf8)
        let wanted = Array(form.utf8)
        guard !wanted.isEmpty, bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count) where bytes[start] == wanted[0] {
            let end = start + wanted.count
            guard bytes[start..<end].elementsEqual(wanted) else { continue }
            let before = start > 0 ? bytes[start - 1] : 0x20
            let after = end < bytes.count ? bytes[end] : 0x20
            if !isDigit(before), before != 0x3A, !isDigit(after) { return true }
        }
        return false
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func clock(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = twoDigits(parts[0], below: 24), let minute = twoDigits(parts[1], below: 60)
        else { return nil }
        return hour * 60 + minute
    }

    /// Lower case, with everything that is neither letter nor digit as one blank.
    static func plain(_ text: String) -> String {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
