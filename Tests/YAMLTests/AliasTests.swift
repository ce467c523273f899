import Testing
import YAML

@Suite struct AliasTests {
    @Test func aliasesStandForWhatTheirAnchorNames() throws {
        let root = try YAML.parse("a: &x [1, 2]\nb: *x\nc: &y text\nd: [*x, *y]\n? &k key\n: *k\n")
        #expect(root["b"]?.elements?.count == 2)
        #expect(root["d"]?.elements?[1].string == "text")
        #expect(root["key"]?.string == "key")
    }

    @Test func anAnchorGivenAgainReplacesTheEarlierOne() throws {
        let root = try YAML.parse("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")
        #expect(root["b"]?.int == 1)
        #expect(root["d"]?.int == 2)
        let nested = try YAML.parse("- &x [&x inner, *x]\n- *x\n")
        #expect(nested.elements?[1].string == "inner", "the anchor that begins last owns the name")
    }

    @Test(arguments: [
        ("a: *nope", "1:4", "has no anchor"), ("a: *later\nb: &later 1", "1:4", "has no anchor"),
        ("a: &x [*x]", "1:8", "inside of what its anchor names"), ("a: &x {k: {j: *x}}", "1:15", "inside of what"),
    ])
    func aliasesWithoutADefinitionAreLocated(text: String, place: String, message: String) {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        #expect(error?.mark.description == place)
        #expect(error?.message.contains(message) == true)
    }

    @Test func expansionIsBounded() throws {
        var bomb = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "b\(level): &a\(level) [\(aliases)]\n"
        }
        let error = #expect(throws: YAMLError.self) { try YAML.parse(bomb) }
        #expect(error?.message.contains("1000000") == true)

        let merges = (1...30).map { "m\($0): &m\($0) {<<: [*m\($0 - 1), *m\($0 - 1)], k\($0): [*m\($0 - 1)]}\n" }
        let mergeBomb = "m0: &m0 {a: 1, b: 2}\n" + merges.joined()
        #expect(throws: YAMLError.self) { try YAML.parse(mergeBomb) }

        let longText = String(repeating: "x", count: 64_000)
        let uses = String(repeating: "- *t\n", count: 1100)
        #expect(throws: YAMLError.self) { try YAML.parse("- &t \(longText)\n\(uses)") }

        let small = YAMLOptions(maximumAliasedNodes: 3)
        #expect(throws: Never.self) { try YAML.parse("- &x [1, 2]\n- *x", options: small) }
        #expect(throws: YAMLError.self) { try YAML.parse("- &x [1, 2]\n- *x\n- *x", options: small) }
    }

    @Test(arguments: [
        // One mapping, through an alias: what the mapping says itself wins, before or after the merge key.
        ("b: &b {x: 1, y: 2}\nm:\n  x: 9\n  <<: *b\n", ["x": 9, "y": 2]),
        ("b: &b {x: 1, y: 2}\nm:\n  <<: *b\n  x: 9\n", ["x": 9, "y": 2]),
        // A list: earlier mappings win.
        ("p: &p {x: 1}\nq: &q {x: 2, z: 3}\nm: {<<: [*p, *q]}\n", ["x": 1, "z": 3]),
        ("p: &p {x: 1}\nl: &l [*p, {w: 4}]\nm: {<<: *l}\n", ["x": 1, "w": 4]),
        // Merges of merges, literal mappings, nothing to merge.
        ("p: &p {x: 1}\nq: &q {<<: *p, y: 2}\nm: {<<: *q}\n", ["x": 1, "y": 2]),
        ("m: {<<: {x: 1}, y: 2}\n", ["x": 1, "y": 2]),
        ("m: {<<: [], y: 2}\n", ["y": 2]),
    ])
    func mergeKeysBringInWhatIsMissing(text: String, expected: [String: Int64]) throws {
        let merged = try #require(try YAML.parse(text)["m"]?.pairs)
        #expect(merged.count == expected.count)
        for pair in merged { #expect(pair.value.int == expected[pair.name]) }
    }

    @Test func mergedEntriesStandWhereTheMergeKeyIsAndKnowBothPlaces() throws {
        let root = try YAML.parse("b: &b {x: 1, y: 2}\nm:\n  a: 0\n  <<: *b\n  y: 3\n")
        let pairs = try #require(root["m"]?.pairs)
        #expect(pairs.map(\.name) == ["a", "x", "y"])
        #expect(pairs[1].value.start.description == "1:11")
        #expect(pairs[1].value.aliasMark?.description == "4:7")
        #expect(pairs[1].key.aliasMark?.description == "4:7")
        #expect(pairs[2].value.aliasMark == nil)
    }

    @Test(arguments: [
        ("m: {<<: 1}", "1:9"), ("m: {<<: [1]}", "1:10"), ("s: &s text\nm:\n  <<: *s\n", "3:7"), ("m: {<<: ~}", "1:9"),
    ])
    func mergingSomethingElseIsLocated(text: String, place: String) {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        #expect(error?.mark.description == place)
        #expect(error?.message.contains("'<<' merges a mapping") == true)
    }

    @Test func aQuotedOrTaggedMergeKeyIsAnOrdinaryKey() throws {
        #expect(try YAML.parse("'<<': 1")["<<"]?.int == 1)
        #expect(try YAML.parse("!!str <<: 1")["<<"]?.int == 1)
    }
}
