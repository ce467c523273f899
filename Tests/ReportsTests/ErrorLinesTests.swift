import JSON
import Reports
import Testing

@Suite("Errors at the end of a run")
struct ErrorLinesTests {
    private static func lines(_ errors: [JSONValue]) -> [String] {
        let summary: JSONValue = [
            "outcomes": ["planned": 9, "scored": 0, "errored": 9, "first_errors": .array(errors)]
        ]
        return SummaryText(summary: summary, terminal: Terminal()).lines
    }

    private static func error(_ code: String, _ message: String) -> JSONValue {
        [
            "code": .string(code), "count": 2, "task_id": "office", "sample_id": "a1", "step": "support:tools",
            "message": .string(message), "advice": "see that the server runs",
        ]
    }

    @Test func theFirstOfAKindIsShownWithItsPlaceAndAdvice() {
        let lines = Self.lines([Self.error("tool_server.unavailable", "it cannot be reached")])
        #expect(lines.contains("  2 tool_server.unavailable: it cannot be reached"))
        #expect(lines.contains("    at office, a1, support:tools"))
        #expect(lines.contains("    see that the server runs"))
    }

    @Test func noMoreThanThreeKindsAreShown() {
        let lines = Self.lines((1...9).map { Self.error("kind.\($0)", "it failed") })
        #expect(lines.count { $0.hasPrefix("  2 kind.") } == 3)
    }

    @Test func aHostileMessageStaysOnItsLineAndIsBounded() {
        let lines = Self.lines([Self.error("a.b", "\u{1B}[2Jone\ntwo\u{202E}" + String(repeating: "x", count: 9000))])
        #expect(lines.allSatisfy { !$0.contains("\n") && !$0.contains("\u{1B}") && !$0.contains("\u{202E}") })
        #expect(lines.allSatisfy { $0.count < 450 })
    }

    @Test func whatEndedTheRunIsNotSaidTwice() {
        let summary: JSONValue = [
            "run": ["status": "failed", "status_reason": "it cannot be reached"],
            "outcomes": ["scored": 0, "errored": 1, "first_errors": [Self.error("a.b", "it cannot be reached")]],
        ]
        let lines = SummaryText(summary: summary, terminal: Terminal()).lines
        #expect(lines.count { $0.contains("it cannot be reached") } == 1)
    }

    @Test func aRunWithoutErrorsSaysNothingOfThem() {
        #expect(Self.lines([]) == ["0 scored, 9 errored () of 9 planned"])
    }
}
