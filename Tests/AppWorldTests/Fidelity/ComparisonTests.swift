import JSON
import Testing

@testable import AppWorld

@Suite("Comparing answers with recorded ones")
struct ComparisonTests {
    private func exchange(
        _ body: JSONValue, status: Int? = 200, type: String = "application/json", path: String = "/evaluate",
        server: String = "environment", headers: JSONObject = [:]
    ) throws -> RecordedExchange {
        var fields = headers
        fields["content-type"] = .string(type)
        return try #require(
            RecordedExchange([
                "type": "exchange", "seq": 1, "server": .string(server), "name": "x",
                "request": ["method": "POST", "path": .string(path), "headers": [:], "body": nil],
                "response": [
                    "status": status.map { JSONValue($0) } ?? .null, "headers": .object(fields), "body": body,
                ],
            ]))
    }

    private func live(
        _ body: JSONValue, status: Int? = 200, type: String = "application/json", location: String? = nil
    ) -> LiveAnswer {
        LiveAnswer(status: status, contentType: type, location: location, body: body)
    }

    private let shape = ExchangeComparison(strictness: .shape, names: .none)
    private let exact = ExchangeComparison(strictness: .exact, names: .none)

    @Test(
        "By shape, data may differ and what the protocol says may not",
        arguments: [
            (#"{"output": {"first_name": "A"}}"#, #"{"output": {"first_name": "B"}}"#, true),
            (#"{"output": {"first_name": "A"}}"#, #"{"output": {"last_name": "A"}}"#, false),
            (#"{"output": "a"}"#, #"{"output": 1}"#, false), (#"{"output": true}"#, #"{"output": false}"#, false),
            (#"{"output": null}"#, #"{"output": "x"}"#, false), (#"{"n": 1}"#, #"{"n": 2.5}"#, true),
            (#"{"num_tests": 5}"#, #"{"num_tests": 4}"#, false),
            (#"{"message": "Note created."}"#, #"{"message": "Created."}"#, false),
            (#"{"list": []}"#, #"{"list": [1]}"#, false), (#"{"list": [1]}"#, #"{"list": [1, 2]}"#, true),
            (#"{"list": [1]}"#, #"{"list": ["a"]}"#, false),
            (#"{"passes": [{"label": "a"}]}"#, #"{"passes": [{"label": "a"}, {"label": "a"}]}"#, false),
            (#"{"failures": [{"trace": "python"}]}"#, #"{"failures": [{"trace": "json"}]}"#, true),
            (
                #"{"tools": [{"name": "a", "d": 1}]}"#, #"{"tools": [{"name": "b", "d": 1}, {"name": "a", "d": 2}]}"#,
                true
            ),
            (#"{"tools": [{"name": "a", "d": 1}]}"#, #"{"tools": [{"name": "b", "d": 1}]}"#, false),
        ])
    func shapes(recorded: String, came: String, agrees: Bool) throws {
        let found = shape.difference(try exchange(.parse(recorded)), live(try .parse(came)))
        #expect((found == nil) == agrees)
    }

    @Test("Statuses, kinds of content and redirections count")
    func heads() throws {
        let body: JSONValue = ["output": nil]
        #expect(shape.difference(try exchange(body), live(body, status: 201))?.field == "status")
        #expect(shape.difference(try exchange(body), live(body, type: "text/plain"))?.field == "content-type")
        let redirect = try exchange("", status: 307, type: "", headers: ["Location": "http://a:1/mcp/"])
        #expect(shape.difference(redirect, live("", status: 307, type: "", location: "http://b:2/mcp/")) == nil)
        #expect(
            shape.difference(redirect, live("", status: 307, type: "", location: "http://a:1/mcp"))?.field == "location"
        )
        #expect(shape.difference(try exchange(nil, status: nil), live("", status: nil)) == nil)
        #expect(shape.difference(try exchange(nil, status: nil), live(body))?.field == "status")
    }

    @Test("What is refused is compared word for word")
    func refusals() throws {
        let recorded = try exchange(["detail": [["ctx": ["error": "a"]]]], status: 422)
        #expect(shape.difference(recorded, live(["detail": [["ctx": ["error": "a"]]]], status: 422)) == nil)
        #expect(shape.difference(recorded, live(["detail": [["ctx": ["error": "b"]]]], status: 422)) != nil)
    }

    @Test("What code printed is compared but for the lines that point into it")
    func executions() throws {
        let recorded = try exchange(["output": "Execution failed.\n    apis.a()\n    ^^^^^^\nE: x"], path: "/execute")
        #expect(shape.difference(recorded, live(["output": "Execution failed.\n    apis.a()\n    ^^^\nE: x"])) == nil)
        #expect(
            shape.difference(recorded, live(["output": "Execution failed.\n    apis.a()\n    ^^^^^^\nE: y"])) != nil)
    }

    @Test("An MCP answer is read out of its event")
    func events() throws {
        func event(_ json: String) -> JSONValue { .string("event: message\r\ndata: \(json)\r\n\r\n") }
        func differs(_ recorded: String, _ came: String) throws -> Bool {
            let exchange = try exchange(event(recorded), type: "text/event-stream", path: "/mcp/", server: "mcp")
            return shape.difference(exchange, live(event(came), type: "text/event-stream")) != nil
        }
        let refused = #"{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"'nope'"}],"isError":true}}"#
        #expect(try !differs(refused, refused))
        #expect(try differs(refused, refused.replacing("nope", with: "no")))
        let result = #"{"result":{"content":[{"type":"text","text":"1"}],"structuredContent":{"n":1},"isError":false}}"#
        #expect(try !differs(result, result.replacing(#""text":"1""#, with: #""text":"22""#)))
        #expect(try differs(result, result.replacing("false", with: "true")))
        #expect(try !differs("<trimmed>", result))
    }

    @Test("Byte by byte, only what was left out of a recording may differ")
    func exactness() throws {
        let recorded = try exchange(["token": "<token>", "text": "a <token> b", "n": 1])
        #expect(exact.difference(recorded, live(["token": "xyz", "text": "a xyz b", "n": 1])) == nil)
        #expect(exact.difference(recorded, live(["token": "xyz", "text": "a xyz c", "n": 1])) != nil)
        #expect(exact.difference(recorded, live(["token": "xyz", "text": "a xyz b", "n": 2])) != nil)
        #expect(exact.difference(recorded, live(["token": "xyz", "text": "a xyz b"])) != nil)
    }
}
