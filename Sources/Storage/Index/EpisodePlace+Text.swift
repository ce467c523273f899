import Evaluation
import GRDB

extension EpisodePlace {
    /// The place as a link carries it: numbers as they are, texts in hexadecimal.
    public var text: String {
        values.map { value in
            switch value {
            case .integer(let number): "i\(number)"
            case .real(let number): "r\(number)"
            case .text(let text): "t" + text.utf8.map { Self.hexadecimal($0) }.joined()
            }
        }.joined(separator: ",")
    }

    /// Reads what ``text`` writes; nil for anything else.
    public init?(text: String) {
        guard text.utf8.count <= 4_096 else { return nil }
        var values: [Value] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = Self.value(part) else { return nil }
            values.append(value)
        }
        guard !values.isEmpty, values.count <= 4 else { return nil }
        self.values = values
    }

    private static func value(_ part: Substring) -> Value? {
        let rest = part.dropFirst()
        switch part.first {
        case "i": return Int64(rest).map(Value.integer)
        case "r": return Double(rest).flatMap { $0.isNaN ? nil : .real($0) }
        case "t":
            let digits = Array(rest.utf8)
            guard digits.count.isMultiple(of: 2) else { return nil }
            var bytes: [UInt8] = []
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(byte)
            }
            return .text(String(decoding: bytes, as: UTF8.self))
        default: return nil
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// The values as they are bound.
    var bound: [DatabaseValue] {
        values.map { value in
            switch value {
            case .integer(let number): number.databaseValue
            case .real(let number): number.databaseValue
            case .text(let text): text.databaseValue
            }
        }
    }

    /// The place of a row that was read with ``EpisodeOrder/placeColumns``.
    init(_ row: Row, order: EpisodeOrder) {
        var values: [Value] = []
        for index in 0..<order.placeCount {
            let value: DatabaseValue = row["place_\(index)"]
            switch value.storage {
            case .int64(let number): values.append(.integer(number))
            case .double(let number): values.append(.real(number))
            case .string(let text): values.append(.text(text))
            case .null, .blob: values.append(.integer(0))
            }
        }
        self.values = values
    }
}

extension EpisodeOrder {
    /// The parts that rows are ordered by, the row's number last.
    var parts: [String] { expressions + ["id"] }

    /// How many values a place has.
    var placeCount: Int { parts.count }

    /// The columns from which a place is read.
    var placeColumns: String {
        parts.enumerated().map { "(\($0.element)) AS place_\($0.offset)" }.joined(separator: ", ")
    }

    /// The order as SQL, or its opposite.
    func clause(reversed: Bool) -> String {
        let direction = isDescending != reversed ? "DESC" : "ASC"
        return parts.map { "\($0) \(direction)" }.joined(separator: ", ")
    }

    /// What holds for rows behind a place, or before it; nil when the place is of another order.
    func condition(_ side: PageSide, _ place: EpisodePlace) -> SQLCondition? {
        guard place.values.count == placeCount else { return nil }
        let isAbove = isDescending == (side == .before)
        let marks = Array(repeating: "?", count: placeCount).joined(separator: ", ")
        return SQLCondition("(\(parts.joined(separator: ", "))) \(isAbove ? ">" : "<") (\(marks))", place.bound)
    }
}

/// On which side of a place.
enum PageSide: Sendable, Hashable {
    case before
    case behind
}
