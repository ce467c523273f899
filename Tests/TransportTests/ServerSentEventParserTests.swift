import Testing

@testable import Transport

struct ServerSentEventParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let events: [ServerSentEvent]

        init(_ text: String, _ events: [ServerSentEvent]) {
            self.text = text
            self.events = events
        }

        var testDescription: String { text.debugDescription }
    }

    static let cases: [Case] = [
        Case("", []),
        Case("\n\n\n", []),
        Case("data: a\n\n", [ServerSentEvent(data: "a")]),
        Case("data:a\n\n", [ServerSentEvent(data: "a")]),
        Case("data:  a \n\n", [ServerSentEvent(data: " a ")]),
        Case("data: a\r\n\r\n", [ServerSentEvent(data: "a")]),
        Case("data: a\r\r", [ServerSentEvent(data: "a")]),
        Case("data: a\r\n\ndata: b\n\r\n", [ServerSentEvent(data: "a"), ServerSentEvent(data: "b")]),
        Case("data: a\ndata: b\ndata\n\n", [ServerSentEvent(data: "a\nb\n")]),
        Case("data\n\n", [ServerSentEvent(data: "")]),
        Case("data:\ndata:\n\n", [ServerSentEvent(data: "\n")]),
        Case("event: e\n\n", []),
        Case("event: e\n\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        Case("event: e\ndata: a\n\ndata: b\n\n", [ServerSentEvent(event: "e", data: "a"), ServerSentEvent(data: "b")]),
        Case(
            "id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
            [
                ServerSentEvent(data: "a", id: "7"), ServerSentEvent(data: "b", id: "7"),
                ServerSentEvent(data: "c", id: ""),
            ]),
        Case("id: 1\u{0}2\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        Case("retry: 1500\ndata: a\n\n", [ServerSentEvent(data: "a", retry: .milliseconds(1500))]),
        Case("retry: 15x\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        Case("retry: -5\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        Case("retry:\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        Case(": comment\n:\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        Case("unknown: x\nDATA: y\n data: z\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        Case("\u{FEFF}data: a\n\n", [ServerSentEvent(data: "a")]),
        Case("\u{FEFF}\u{FEFF}data: a\n\ndata: b\n\n", [ServerSentEvent(data: "b")]),
        Case("data: a\n\n\u{FEFF}data: b\n\n", [ServerSentEvent(data: "a")]),
        Case("data: a\n\ndata: never finished\n", [ServerSentEvent(data: "a")]),
        Case("data: a:b: c\n\n", [ServerSentEvent(data: "a:b: c")]),
        Case("data: żółw 🐢\n\n", [ServerSentEvent(data: "żółw 🐢")]),
    ]

    @Test(arguments: cases)
    func parsesInOnePiece(_ example: Case) throws {
        var parser = ServerSentEventParser()
        #expect(try parser.consume(Array(example.text.utf8)) == example.events)
    }

    @Test(arguments: cases, [1, 2, 3])
    func parsesInSmallPieces(_ example: Case, _ size: Int) throws {
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        var rest = Array(example.text.utf8)[...]
        while !rest.isEmpty {
            events += try parser.consume(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        #expect(events == example.events)
    }

    @Test(arguments: ["data: 12345678", "data: 12\ndata: 34\n", ":12345678\n", "123456789"])
    func refusesAnEventOverTheLimit(_ text: String) throws {
        var parser = ServerSentEventParser(maximumEventBytes: 8)
        let error = #expect(throws: HTTPError.self) { try parser.consume(Array(text.utf8)) }
        #expect(error?.code == .responseTooLarge)
    }

    @Test func countsEachEventAnewAgainstTheLimit() throws {
        var parser = ServerSentEventParser(maximumEventBytes: 16)
        let bytes = Array(String(repeating: "data: 12345\n\n", count: 100).utf8)
        #expect(try parser.consume(bytes).count == 100)
    }

    @Test func repairsIllFormedText() throws {
        var parser = ServerSentEventParser()
        #expect(try parser.consume(Array("data: ".utf8) + [0xFF, 0x0A, 0x0A]) == [ServerSentEvent(data: "\u{FFFD}")])
    }
}
