import Testing

@testable import Proactive

@Suite struct CodeExtractionTests {
    @Test(arguments: [
        ("Sure:\n```python\ndef f():\n    return 1\n```\nDone.", "def f():\n    return 1"),
        ("```\ndef f(): return 1\n```", "def f(): return 1"),
        ("```py\nimport re\n\ndef f():\n    return 1\n```", "import re\n\ndef f():\n    return 1"),
        ("```python\ndef f(): return 1\n```\nbetter:\n```python\ndef f(): return 2\n```", "def f(): return 2"),
        (
            "```python\ndef f(): return 1\n```\nTests:\n```python\ndef test_f():\n    assert f() == 1\n```",
            "def f(): return 1"
        ),
        ("```python\ndef f(): return 1\n```\n```python\nassert f() == 1\n```", "def f(): return 1"),
        (
            "```python\ndef f(): return 1\n```\n```\nTraceback (most recent call last):\n  def f\n```",
            "def f(): return 1"
        ),
        ("```python\ndef f(): return 1\n```\n```bash\ndef nothing\n```", "def f(): return 1"),
        ("Here it is:\ndef f(x):\n    y = x\n\n    return y\nUse it well.", "def f(x):\n    y = x\n\n    return y"),
        ("  def f(x):\n      return x\nend", "def f(x):\n    return x"),
        ("```python\ndef f():\n    return 1", "def f():\n    return 1"),
    ])
    func theProgramIsFound(text: String, code: String) {
        #expect(CodeExtraction.code(in: text) == code)
    }

    @Test(arguments: ["", "What do you mean?", "```python\nprint(1)\n```", "the definition def is a word"])
    func whereThereIsNoneNoneIsFound(text: String) {
        #expect(CodeExtraction.code(in: text) == nil)
    }
}
