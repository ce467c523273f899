import Evaluation
import JSON
import Testing

@testable import Engine

@Suite("Prompt renderers")
struct PromptRendererTests {
    private func entry(_ template: String, _ params: JSONObject = [:]) -> PromptEntry {
        var entry = PromptEntry()
        entry.promptID = "p"
        entry.template = template
        entry.params = params
        return entry
    }

    private let sample: JSONObject = ["sample": ["id": "s1", "metadata": ["policy": "Be kind."]]]

    @Test func chatPutsTheTextBeforeTheMessages() throws {
        let renderer = try JinjaChatRenderer(entry("\n{{ sample.metadata.policy }}\n", ["role": "system"]))
        #expect(try renderer.render(sample, over: [.user("hi")]) == [.system("Be kind."), .user("hi")])
    }

    @Test func chatCanLeaveTheMessagesOut() throws {
        let renderer = try JinjaChatRenderer(entry("x", ["role": "user", "include_existing": false]))
        #expect(try renderer.render(sample, over: [.user("hi")]) == [.user("x")])
    }

    @Test func paramsAreVariables() throws {
        let renderer = JinjaRenderer(template: try PromptTemplate(entry("{{ tone }}", ["tone": "dry"])))
        #expect(try renderer.render(sample, over: []) == [.user("dry")])
    }

    @Test func aRoleThatIsNoneIsRefused() {
        #expect(throws: EvaluationError.self) { try JinjaChatRenderer(entry("x", ["role": "tool"])) }
    }

    @Test func anUndefinedNameNamesItselfAndItsLine() throws {
        let renderer = JinjaRenderer(template: try PromptTemplate(entry("a\n{{ sampel }}")))
        let error = try #require(throws: EvaluationError.self) { try renderer.render(sample, over: []) }
        #expect(error.message.contains("sampel"))
        #expect(error.advice?.contains("line 2") == true)
    }

    @Test(arguments: [
        ("full", [Message.system("S"), .user("U1"), .assistant("A1"), .user("Q")]),
        ("header", [.system("S"), .user("U1"), .assistant("A1")]), ("body", [.user("Q")]),
        ("header_body_first_user", [.system("S"), .user("U1"), .assistant("A1"), .user("Q")]),
    ])
    func delimitedChatIsCutIntoMessages(mode: String, expected: [Message]) throws {
        let template = "S\n---\nU1\n ---\nA1\n===\nQ\n"
        let renderer = try DelimitedChatRenderer(entry(template, ["mode": .string(mode)]))
        #expect(try renderer.render(sample, over: []) == expected)
    }

    @Test func aLongerLineIsNoDelimiter() {
        #expect(DelimitedChatRenderer.cut("a\n----\nb\n---\nc", at: "---") == ["a\n----\nb", "c"])
    }

    @Test func aMissingSectionIsAnError() throws {
        let renderer = try DelimitedChatRenderer(entry("only one", ["mode": "header"]))
        #expect(throws: EvaluationError.self) { try renderer.render(sample, over: []) }
    }
}
