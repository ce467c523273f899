import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("τ-bench actions")
struct Tau1ActionReaderTests {
    private let written = Tau1ActionReader(strategy: .react)

    @Test(
        "Written actions are read as officially",
        arguments: [
            ("Action:\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}", "f", ["a": 1]),
            ("{\"name\": \"f\", \"arguments\": {}}", "f", [:]),
            ("Thought:\nx\nAction: no\nAction:\n {\"name\": \"f\", \"arguments\": {}} \n", "f", [:]),
            ("Action:\nJust text. ", "respond", ["content": "Just text."]),
            ("Just text.", "respond", ["content": "Just text."]),
            (
                "Action:\n{\"name\": respond, \"arguments\": {}}", "respond",
                [
                    "content": "{\"name\": respond, \"arguments\": {}}"
                ]
            ),
            (
                "Action:\n{\"name\": \"f\", \"arguments\": {\"x\": NaN}} trailing", "respond",
                [
                    "content": "{\"name\": \"f\", \"arguments\": {\"x\": NaN}} trailing"
                ]
            ),
            ("", "respond", ["content": ""]),
            ("Action:\n{\"name\": \"respond\", \"arguments\": {\"content\": \"Hi\"}}", "respond", ["content": "Hi"]),
        ] as [(String, String, JSONObject)])
    func writtenActions(text: String, name: String, arguments: JSONObject) throws {
        let action = try written.action(of: .assistant(text))
        #expect(action == Tau1Action(name: name, arguments: arguments))
    }

    @Test("Calls are read off the protocol: the first call, or else the text")
    func calledActions() throws {
        let reader = Tau1ActionReader(strategy: .toolCalling)
        let calls = ["a", "b"].map { ToolCall(id: $0, name: $0, arguments: [:]) }
        #expect(try reader.action(of: .assistant("x", toolCalls: calls)).name == "a")
        #expect(try reader.action(of: .assistant("Action: x")) == .respond("Action: x"))
        #expect(try reader.action(of: .assistant(nil)) == .respond(.null))
    }

    @Test("The user hears what is said, and nothing of calls or thoughts")
    func answers() {
        let said = "Thought:\nsecret\nAction:\n{\"name\": \"respond\", \"arguments\": {\"content\": \"Hi\"}}"
        #expect(written.answer(in: .assistant(said)) == "Hi")
        #expect(written.answer(in: .assistant("{\"name\": \"f\", \"arguments\": {}}")) == .null)
        #expect(written.answer(in: .assistant("[1]")) == .null)
    }

    @Test(
        "Texts are split and stripped as in Python",
        arguments: [
            ("a--b--", "--", ["a", "b", ""]), ("abc", "--", ["abc"]), ("", "x", [""]), ("----", "--", ["", "", ""]),
            ("ä-ö", "-", ["ä", "ö"]),
        ])
    func splitting(text: String, separator: String, parts: [String]) {
        #expect(text.partsLikePython(separatedBy: separator) == parts)
        #expect(" \u{1F}\n\(text)\u{85}\u{A0}".strippedLikePython == text.strippedLikePython)
    }
}
