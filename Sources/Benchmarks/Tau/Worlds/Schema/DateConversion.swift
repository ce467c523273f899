import JSON

/// What pydantic's lax mode makes of days and times; the results are written as Python's `str` writes them.
///
/// Numbers, which pydantic would take as seconds since 1970, are refused: no data has them.
enum DateConversion {
    /// The value as a `date` field takes it: a day, or a day with the time of midnight.
    static func date(_ value: JSONValue) throws(ScalarConversion.Refusal) -> JSONValue {
        guard case .string(let text) = value else {
            throw ScalarConversion.Refusal(message: "Input should be a valid date", type: "date_type")
        }
        guard let moment = Moment(text) else {
            throw ScalarConversion.Refusal(
                message: "Input should be a valid date or datetime, invalid or incomplete text",
                type: "date_from_datetime_parsing")
        }
        guard moment.isMidnight else {
            throw ScalarConversion.Refusal(
                message: "Datetimes provided to dates should have zero time - e.g. be exact dates",
                type: "date_from_datetime_inexact")
        }
        return .string(moment.dayText)
    }

    /// The value as a `datetime` field takes it: a day with or without a time.
    static func dateTime(_ value: JSONValue) throws(ScalarConversion.Refusal) -> JSONValue {
        guard case .string(let text) = value else {
            throw ScalarConversion.Refusal(message: "Input should be a valid datetime", type: "datetime_type")
        }
        guard let moment = Moment(text) else {
            throw ScalarConversion.Refusal(
                message: "Input should be a valid datetime or date, invalid or incomplete text",
                type: "datetime_from_date_parsing")
        }
        return .string("\(moment.dayText) \(moment.timeText)")
    }
}

/// A day and a time of day as a text spells them, with the offset from UTC where there is one.
private struct Moment {
    private var year: Int
    private var month: Int
    private var day: Int
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var microsecond = 0
    /// The offset from UTC in minutes.
    private var offset: Int?

    var isMidnight: Bool { hour == 0 && minute == 0 && second == 0 && microsecond == 0 && (offset ?? 0) == 0 }

    var dayText: String { "\(padded(year, 4))-\(padded(month))-\(padded(day))" }

    var timeText: String {
        var text = "\(padded(hour)):\(padded(minute)):\(padded(second))"
        if microsecond > 0 { text += ".\(padded(microsecond, 6))" }
        if let offset {
            text += "\(offset < 0 ? "-" : "+")\(padded(abs(offset) / 60)):\(padded(abs(offset) % 60))"
        }
        return text
    }

    /// Reads `2025-02-25`, `2025-02-25T12:08`, `2025-02-25 12:08:00.5+01:00` and the like; nil for anything else.
    init?(_ text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), year > 0, (1...12).contains(month),
            (1...Self.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        guard !reader.isAtEnd else { return }
        guard reader.skip(anyOf: "Tt _"), readTime(&reader), readOffset(&reader), reader.isAtEnd else { return nil }
    }

    private mutating func readTime(_ reader: inout DigitReader) -> Bool {
        guard let hour = reader.number(2), hour < 24, reader.skip(":"), let minute = reader.number(2), minute < 60
        else {
            return false
        }
        (self.hour, self.minute) = (hour, minute)
        guard reader.skip(":") else { return true }
        guard let second = reader.number(2), second < 60 else { return false }
        self.second = second
        guard reader.skip(anyOf: ".,") else { return true }
        guard let microsecond = reader.microseconds() else { return false }
        self.microsecond = microsecond
        return true
    }

    private mutating func readOffset(_ reader: inout DigitReader) -> Bool {
        if reader.isAtEnd { return true }
        if reader.skip(anyOf: "Zz") {
            offset = 0
            return true
        }
        let isNegative = reader.skip("-")
        guard isNegative || reader.skip("+"), let hours = reader.number(2), hours < 24 else { return false }
        _ = reader.skip(":")
        guard let minutes = reader.number(2), minutes < 60 else { return false }
        offset = (isNegative ? -1 : 1) * (hours * 60 + minutes)
        return true
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// Reads numbers of a known width from the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(_ width: Int) -> Int? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(width)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool { skip(anyOf: String(character)) }

    mutating func skip(anyOf characters: String) -> Bool {
        guard let next = rest.first, characters.utf8.contains(next) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// One to nine digits behind the point; those beyond the sixth are dropped.
    mutating func microseconds() -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = digits.prefix(6) + Array(repeating: 0x30, count: max(0, 6 - digits.count))
        return padded.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
