import Testing
import YAML

@Suite struct MarkTests {
    @Test func everyNodeKnowsWhereItStands() throws {
        let root = try YAML.parse(
            """
            # a comment
            name: gage
            list:
              - one
              - {two: 2}

            after: |
              text
              more
            """)
        let pairs = try #require(root.pairs)
        #expect(root.start == YAMLMark(line: 2, column: 1, offset: 12))
        #expect(pairs.map(\.key.start.description) == ["2:1", "3:1", "7:1"])
        #expect(pairs.map(\.value.start.description) == ["2:7", "4:3", "7:8"])
        #expect(pairs[0].value.end.description == "2:11")
        let items = try #require(pairs[1].value.elements)
        #expect(items.map(\.start.description) == ["4:5", "5:5"])
        #expect(items[1].end.description == "5:13")
        #expect(
            pairs[1].value.end.description == "5:13", "a block list ends with its last element, not at the next key")
        #expect(items[1].pairs?.first?.value.start.description == "5:11")
    }

    @Test func columnsCountScalarsAndCarriageReturnsBelongToTheLineEnd() throws {
        let root = try YAML.parse("a: é🙂x\r\nb: [ü, z]\r\nc: end\r\n")
        let pairs = try #require(root.pairs)
        #expect(pairs.map(\.name) == ["a", "b", "c"])
        #expect(pairs[0].value.string == "é🙂x")
        #expect(pairs[0].value.end.description == "1:7")
        #expect(pairs[1].value.elements?.last?.start.description == "2:8")
        #expect(pairs[2].value.string == "end")
        #expect(pairs[2].value.start.line == 3)
    }

    @Test func aByteOrderMarkIsNotPartOfTheText() throws {
        let root = try YAML.parse("\u{FEFF}a: 1")
        #expect(root["a"]?.int == 1)
        #expect(root.start.description == "1:1")
    }

    @Test func aliasesKeepBothPlaces() throws {
        let root = try YAML.parse("base: &b\n  x: 1\nuse: *b\nother: *b\n")
        let use = try #require(root["use"])
        #expect(use.start.description == "1:7")
        #expect(use.aliasMark?.description == "3:6")
        #expect(root["other"]?.aliasMark?.description == "4:8")
        #expect(root["base"]?.aliasMark == nil)
        #expect(root["base"]?.anchor == "b")
        #expect(use["x"]?.start.description == "2:6")
    }

    @Test func marksAreOrderedByPosition() {
        #expect(YAMLMark(line: 1, column: 9, offset: 8) < YAMLMark(line: 2, column: 1, offset: 10))
        #expect(YAMLMark(line: -1, column: 1, offset: 0).line == 0)
    }
}
