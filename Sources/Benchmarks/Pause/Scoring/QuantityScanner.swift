/// Finds the quantities in a text: numbers with the unit that follows them.
///
/// `12,345 steps`, `7.5 h`, `7 h 30 min` (also as one quantity), `12.3k`, `85%`, `$20`, `three days`. Digits of dates,
/// times of day and identifiers are no quantities.
struct QuantityScanner {
    /// A number and its unit, where a known one stands behind it.
    struct Quantity: Hashable {
        var value: Double
        var unit: QuantityUnit?
    }

    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var found: [(quantity: Quantity, start: Int, end: Int)] = []

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The quantities of a text, in order.
    static func quantities(in text: String) -> [Quantity] {
        var scanner = QuantityScanner(text)
        scanner.scan()
        return scanner.found.map(\.quantity) + scanner.durations()
    }

    private mutating func scan() {
        while place < scalars.count {
            if isWordScalar(scalars[place]) {
                let start = place
                let isNumber = isDigit(scalars[place]) && number(from: start)
                if !isNumber { skipWord(from: start) }
            } else {
                place += 1
            }
        }
    }

    /// Reads a number at a digit; false, with the place unchanged, when the digits belong to something else.
    private mutating func number(from start: Int) -> Bool {
        var end = start
        var digits = ""
        while end < scalars.count {
            if isDigit(scalars[end]) {
                digits.unicodeScalars.append(scalars[end])
                end += 1
            } else if isGroupSeparator(at: end, after: digits) {
                end += 1
            } else {
                break
            }
        }
        if end + 1 < scalars.count, scalars[end] == ".", isDigit(scalars[end + 1]) {
            digits += "."
            end += 1
            while end < scalars.count, isDigit(scalars[end]) {
                digits.unicodeScalars.append(scalars[end])
                end += 1
            }
        }
        guard !isPartOfDateOrTime(from: start, to: end), var value = Double(digits) else { return false }
        if end < scalars.count, scalars[end] == "k" || scalars[end] == "K", !isWord(at: end + 1) {
            value *= 1000
            end += 1
        }
        if isNegative(before: start) { value = -value }
        return finish(value, from: start, to: end)
    }

    private mutating func finish(_ value: Double, from start: Int, to end: Int) -> Bool {
        var unit = start > 0 && scalars[start - 1] == "$" ? QuantityUnit("$") : nil
        let (word, after) = self.word(after: end)
        if unit == nil { unit = QuantityUnit(word) }
        // `3rd` and `12ab34` are no quantities; `7h` and `20g` are.
        if isWord(at: end), unit == nil { return false }
        found.append((Quantity(value: value, unit: unit), start, unit == nil ? end : after))
        place = end
        if isWord(at: end) { place = after }
        return true
    }

    private mutating func skipWord(from start: Int) {
        var end = start
        while end < scalars.count, isWordScalar(scalars[end]) { end += 1 }
        let word = String(String.UnicodeScalarView(scalars[start..<end])).lowercased()
        if let value = Self.numberWords[word] {
            let (unitWord, after) = self.word(after: end)
            found.append((Quantity(value: value, unit: QuantityUnit(unitWord)), start, after))
        }
        // Dates and times are skipped with everything that hangs on them: 2025-03-04T10:00:00.
        while end + 1 < scalars.count, isJoint(scalars[end]), isDigit(scalars[end + 1]), isDigit(scalars[start]) {
            end += 1
            while end < scalars.count, isWordScalar(scalars[end]) { end += 1 }
        }
        place = end
    }

    /// The letters behind a place, over blanks and emphasis; a single `%` counts as a word.
    private func word(after start: Int) -> (word: String, end: Int) {
        var end = start
        while end < scalars.count, scalars[end].properties.isWhitespace || scalars[end] == "*" || scalars[end] == "-" {
            end += 1
        }
        guard end < scalars.count else { return ("", start) }
        if scalars[end] == "%" { return ("%", end + 1) }
        let first = end
        while end < scalars.count, scalars[end].properties.isAlphabetic { end += 1 }
        return (String(String.UnicodeScalarView(scalars[first..<end])), end)
    }

    /// Hours and minutes that stand together, as one quantity.
    private func durations() -> [Quantity] {
        zip(found, found.dropFirst()).compactMap { first, second in
            guard first.quantity.unit == .hour, second.quantity.unit == .minute, first.end <= second.start else {
                return nil
            }
            let between = String(String.UnicodeScalarView(scalars[first.end..<second.start]))
            let words = between.split { $0.isWhitespace || $0 == "," || $0 == "*" }
            guard words.allSatisfy({ $0 == "and" || $0 == "&" }) else { return nil }
            return Quantity(value: first.quantity.value * 60 + second.quantity.value, unit: .minute)
        }
    }

    private func isGroupSeparator(at index: Int, after digits: String) -> Bool {
        guard scalars[index] == "," || scalars[index] == "\u{202F}", !digits.isEmpty, index + 3 < scalars.count else {
            return false
        }
        let group = scalars[(index + 1)...(index + 3)].allSatisfy(isDigit)
        return group && !(index + 4 < scalars.count && isDigit(scalars[index + 4]))
    }

    private func isPartOfDateOrTime(from start: Int, to end: Int) -> Bool {
        guard end + 1 < scalars.count, isJoint(scalars[end]), isDigit(scalars[end + 1]) else { return false }
        // 4-6 and 10/30 are two numbers; 2025-03-04 and 18:00 are one thing.
        if scalars[end] == ":" { return true }
        return end - start == 4
    }

    private func isNegative(before start: Int) -> Bool {
        guard start > 0, scalars[start - 1] == "-" || scalars[start - 1] == "\u{2212}" else { return false }
        return start == 1 || scalars[start - 2].properties.isWhitespace || scalars[start - 2] == "("
    }

    private func isWord(at index: Int) -> Bool { index < scalars.count && isWordScalar(scalars[index]) }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private func isJoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar == ":" }

    private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || isDigit(scalar) || scalar == "_"
    }

    private static let numberWords: [String: Double] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12,
    ]
}
