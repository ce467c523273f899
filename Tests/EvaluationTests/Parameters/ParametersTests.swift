import Evaluation
import JSON
import Testing

@Suite struct ParametersTests {
    @Test func readsEveryKey() throws {
        var diagnostics = Diagnostics()
        let node = Node.of([
            "title": "a", "count": 4, "rate": 1, "mode": "careful", "tags": ["red"],
            "inner": ["depth": 2, "label": nil],
            "headers": ["x": "y"], "key": "k", "ids": 7,
        ])
        let block = try #require(SampleBlock.decode(node, into: &diagnostics))
        #expect(diagnostics.all.isEmpty)
        #expect(block.name == "a")
        #expect(block.count == 4)
        #expect(block.rate == 1)
        #expect(block.mode == .careful)
        #expect(block.tags == ["red"])
        #expect(block.inner.depth == 2)
        #expect(block.headers == ["x": "y"])
        #expect(block.key == "k")
        #expect(block.ids?.values.map(\.text) == ["7"])
    }

    @Test func missingKeysKeepTheirDefaults() throws {
        var diagnostics = Diagnostics()
        let block = try #require(SampleBlock.decode(Node.of(["name": "a"]), into: &diagnostics))
        #expect(block.count == 2)
        #expect(block.mode == .fast)
        #expect(block.inner.depth == 1)
    }

    static let complaints: [(block: JSONValue, report: String)] = [
        ([:], "f:1:1: error: missing key 'name'\n    Its name. (text)"),
        (["name": "a", "cuont": 1], "f:1:1: error: unknown key 'cuont' (at cuont)\n    did you mean 'count'?"),
        (
            ["name": "a", "zzzzzz": 1],
            """
            f:1:1: error: unknown key 'zzzzzz' (at zzzzzz)
                allowed: count, headers, ids, inner, key, mode, name, old, rate, tags, title
            """
        ),
        (
            ["name": "a", "title": "b"],
            "f:1:1: error: 'title' says again what 'name' says (at title)\n    remove one of them"
        ),
        (["name": 12], "f:1:1: error: expected text, found a number (at name)\n    write it in quotes: \"12\""),
        (["name": nil], "f:1:1: error: expected text, found null (at name)"),
        (["name": "a", "count": "2"], "f:1:1: error: expected whole number, found text (at count)"),
        (["name": "a", "count": 0], "f:1:1: error: 0 is too small (at count)\n    the smallest value is 1"),
        (["name": "a", "rate": 1.6], "f:1:1: error: 1.6 is too large (at rate)\n    the largest value is 1.5"),
        (["name": "a", "mode": "fst"], "f:1:1: error: 'fst' is not allowed here (at mode)\n    did you mean 'fast'?"),
        (["name": "a", "mode": ["x"]], "f:1:1: error: expected one of fast, careful, found a list (at mode)"),
        (
            ["name": "a", "tags": ["red", "gren"]],
            "f:1:1: error: 'gren' is not allowed here (at tags[1])\n    did you mean 'green'?"
        ),
        (["name": "a", "tags": "red"], "f:1:1: error: expected list of text, found text (at tags)"),
        (
            ["name": "a", "inner": ["depth": 9]],
            "f:1:1: error: 9 is too large (at inner.depth)\n    the largest value is 3"
        ),
        (["name": "a", "inner": 3], "f:1:1: error: expected a mapping, found a number (at inner)"),
        (
            ["name": "a", "headers": ["x.y": 1]],
            "f:1:1: error: expected text, found a number (at headers[\"x.y\"])\n    write it in quotes: \"1\""
        ),
        (["name": "a", "ids": [1.5]], "f:1:1: error: expected text, or whole number, found a number (at ids[0])"),
        (["name": "wrong", "count": 3], "f:1:1: error: wrong and 3 do not go together"),
        (["name": "a", "old": true], "f:1:1: note: 'old' has no effect: it is gone (at old)"),
    ]

    @Test(arguments: complaints)
    func complains(block: JSONValue, report: String) {
        var diagnostics = Diagnostics()
        _ = SampleBlock.decode(Node.of(block), into: &diagnostics)
        #expect(diagnostics.all.map(\.description) == [report])
    }

    @Test func reportsEveryMistakeAtOnce() {
        var diagnostics = Diagnostics()
        _ = SampleBlock.decode(
            Node.of(["count": 0, "mode": "odd", "extra": 1, "inner": ["deep": 1]]), into: &diagnostics)
        #expect(diagnostics.errorCount == 5)
    }

    @Test func nullIsAnEmptyBlock() {
        var diagnostics = Diagnostics()
        #expect(SampleBlock.Inner.decode(Node.of(nil), into: &diagnostics)?.depth == 1)
        #expect(diagnostics.all.isEmpty)
    }

    @Test func anIgnoredKeyThatIsNullIsNotNoted() {
        var diagnostics = Diagnostics()
        _ = SampleBlock.decode(Node.of(["name": "a", "old": nil]), into: &diagnostics)
        #expect(diagnostics.all.isEmpty)
    }

    @Test func anOpenBlockKeepsOtherKeys() throws {
        var diagnostics = Diagnostics()
        let block = try #require(OpenBlock.decode(Node.of(["known": 3, "a": 1, "b": 2]), into: &diagnostics))
        #expect(block.known == 3)
        #expect(block.others == ["a", "b"])
        #expect(diagnostics.all.isEmpty)
    }

    @Test func theJSONLeavesSecretsOut() throws {
        var block = SampleBlock()
        block.name = "a"
        block.key = "hidden"
        #expect(block.json["name"] == "a")
        #expect(block.json["key"] == nil)
        #expect(block.json.at("inner.depth") == 1)
    }
}
