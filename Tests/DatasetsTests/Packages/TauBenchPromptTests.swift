import Testing

@testable import Datasets

@Suite("Prompts in Python files")
struct TauBenchPromptTests {
    private let source = """
        X = f\"\"\"another\"\"\"
        def verify(
            a: str
        ):
            prompt = f\"\"\"Say {{"name": {RESPOND_ACTION_NAME}}} about
        {transcript}
        and {response}\"\"\"
            return f\"\"\"later\"\"\"
        """

    @Test("The first text after its mark is taken, braces and known names made what they stand for")
    func text() {
        let text = TauBenchPrompts.text(after: "\ndef verify(", in: source)
        #expect(text == "Say {\"name\": respond} about\n{transcript}\nand {response}")
        #expect(TauBenchPrompts.text(after: "\ndef reflect(", in: source) == nil)
    }

    @Test(
        "What is more than text and known names is not read",
        arguments: ["{x}", "{response!r}", "a\\nb", "}", "{response", "{{{x}"])
    func refusals(inside: String) {
        #expect(TauBenchPrompts.text(after: "m", in: "m = f\"\"\"\(inside)\"\"\"") == nil)
    }
}
