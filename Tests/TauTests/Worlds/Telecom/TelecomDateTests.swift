import JSON
import Testing

@testable import Tau

@Suite("Days and times of models")
struct TelecomDateTests {
    private static let schema = ModelSchema("Note", [.optional("day", .date), .optional("moment", .dateTime)])

    @Test(
        "Texts of days and times are written as Python writes them",
        arguments: [
            ("day", "2025-02-25", "2025-02-25"), ("day", "2024-02-29", "2024-02-29"),
            ("day", "2025-02-25T00:00:00", "2025-02-25"), ("moment", "2025-02-25", "2025-02-25 00:00:00"),
            ("moment", "2025-02-25T12:08", "2025-02-25 12:08:00"),
            ("moment", "2025-02-25 12:08:09.5", "2025-02-25 12:08:09.500000"),
            ("moment", "2025-02-25t12:08:09.1234567Z", "2025-02-25 12:08:09.123456+00:00"),
            ("moment", "2025-02-25T12:08:09-0530", "2025-02-25 12:08:09-05:30"),
        ])
    func texts(field: String, text: String, expected: String) throws {
        #expect(try Self.schema.validate([field: .string(text)])[field] == .string(expected))
        #expect(try Self.schema.validate([field: .string(expected)])[field] == .string(expected))
    }

    @Test(
        "Other values are refused",
        arguments: [
            ("day", "2025-02-29", "date_from_datetime_parsing"), ("day", "2025-13-01", "date_from_datetime_parsing"),
            ("day", "25 Feb", "date_from_datetime_parsing"), ("day", "2025-02-25T12:00", "date_from_datetime_inexact"),
            ("day", 5, "date_type"), ("moment", "2025-02-25T24:00", "datetime_from_date_parsing"),
            ("moment", "2025-02-25T12:00:00 ", "datetime_from_date_parsing"), ("moment", true, "datetime_type"),
        ] as [(String, JSONValue, String)])
    func refusals(field: String, value: JSONValue, type: String) {
        let error = #expect(throws: PythonException.self) { try Self.schema.validate(.object([field: value])) }
        #expect(error?.message.contains("[type=\(type), ") == true)
    }
}
