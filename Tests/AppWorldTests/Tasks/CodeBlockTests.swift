import Testing

@testable import AppWorld

@Suite("Programs in replies")
struct CodeBlockTests {
    @Test(
        "The first block counts, and what comes after it is forgotten",
        arguments: [
            ("```python\nprint(1)\n```", "print(1)", "```python\nprint(1)\n```"),
            (
                "First:\n```python\na = 1\nb = 2\n```\nOutput: 3\n```python\nc\n```", "a = 1\nb = 2",
                "First:\n```python\na = 1\nb = 2\n```"
            ),
            ("  ```python  \nx\n  ```  ", "x", "  ```python  \nx\n```"),
            ("```python\nx = 1", "x = 1", "```python\nx = 1\n```"),
            ("```python\n```", "", "```python\n```"),
            ("no program", "", "no program"), ("```\nx\n```", "", "```\nx\n```"), ("", "", ""),
        ])
    func takes(reply: String, code: String, kept: String) {
        let block = CodeBlock(reply)
        #expect(block.code == code)
        #expect(block.kept == kept)
    }
}
