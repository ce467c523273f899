import Testing
import YAML

@Suite struct StructureTests {
    @Test(arguments: ["", "   \n\n", "# only\n# comments\n", "---\n", "---\n...\n", "\u{FEFF}"])
    func aTextWithoutContentIsANullDocument(text: String) throws {
        #expect(try YAML.parse(text).isNull)
    }

    @Test func everyDocumentOfAStreamIsRead() throws {
        let documents = try YAML.parseAll("a: 1\n---\n- x\n---\n...\n---\nlast\n")
        #expect(documents.count == 4)
        #expect(documents[0]["a"]?.int == 1)
        #expect(documents[1].elements?.first?.string == "x")
        #expect(documents[2].isNull)
        #expect(documents[3].string == "last")
        #expect(documents[1].start.line == 3)
        #expect(try YAML.parseAll("# nothing\n").isEmpty)
    }

    @Test func aSecondDocumentWhereOneIsExpectedIsLocated() {
        let error = #expect(throws: YAMLError.self) { try YAML.parse("a: 1\n---\nb: 2\n") }
        #expect(error?.mark.description == "2:1")
        #expect(error?.message.contains("second document") == true)
    }

    @Test func anchorsDoNotReachIntoTheNextDocument() {
        let error = #expect(throws: YAMLError.self) { try YAML.parseAll("a: &x 1\n---\nb: *x\n") }
        #expect(error?.mark.description == "3:4")
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", "3:1", 1), ("x:\n  k: 1\n  \"k\": 2\n", "3:3", 2), ("{a: 1, a: 2}", "1:8", 1),
        ("1: x\n'1': y\n", "2:1", 1), ("<<: {a: 1}\n<<: {b: 1}\n", "2:1", 1), ("a: 1\n? a\n: 2\n", "2:3", 1),
    ])
    func duplicateKeysAreLocatedAtTheSecondAndNameTheFirst(text: String, place: String, firstLine: Int) {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        #expect(error?.mark.description == place)
        #expect(error?.contextMark?.line == firstLine)
        #expect(error?.message.contains("duplicate key") == true)
        #expect(error?.message.contains("line \(firstLine)") == true)
    }

    @Test(arguments: [
        ("[a, b]: 1", "1:1"), ("x: 1\n{a: b}: 2", "2:1"), ("? - a\n: 1", "1:3"), ("a: &l [1]\n*l : 2", "2:1"),
    ])
    func keysThatAreNotScalarsAreRefused(text: String, place: String) {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        #expect(error?.mark.description == place)
        #expect(error?.message.contains("key must be a scalar") == true)
    }

    @Test func scalarKeysOfOtherTypesKeepTheirText() throws {
        let root = try YAML.parse("1: a\n0x10: b\ntrue: c\n~: d\n? \n: e\n1.50: f\n")
        #expect(root.pairs?.map(\.name) == ["1", "0x10", "true", "~", "", "1.50"])
        #expect(root["0x10"]?.string == "b")
    }

    @Test func depthIsBounded() throws {
        let deep = { (levels: Int) in String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
        #expect(throws: Never.self) { try YAML.parse(deep(200)) }
        let error = #expect(throws: YAMLError.self) { try YAML.parse(deep(202)) }
        #expect(error?.message.contains("deeper than 200") == true)
        #expect(throws: YAMLError.self) { try YAML.parse(String(repeating: "- ", count: 100_000)) }
        #expect(throws: YAMLError.self) { try YAML.parse("a: {b: {c: 1}}", options: YAMLOptions(maximumDepth: 2)) }
    }

    @Test(arguments: [
        ("a:\n\t- b", "2:1", "tab"), ("a: 'x", "1:6", "unexpected end of stream"),
        ("a: [1, 2", "1:9", "expected ',' or ']'"),
        ("a: b: c", "1:5", "quote text that contains"), ("key: @x", "1:6", "quote text that begins"),
        ("a: 1\n b: 2", "2:3", ""), ("%FOO\na", "1:5", "unknown directive"), ("a: \"\\q\"", "1:5", "unknown escape"),
        ("é: \u{1}", "1:4", "control characters are not allowed (U+0001)"), ("a\nb\u{0}", "2:2", "(U+0000)"),
    ])
    func faultsOfSyntaxAreLocated(text: String, place: String, message: String) {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        let description = error?.description ?? ""
        #expect(error?.mark.description == place, "\(description)")
        #expect(description.contains(message), "\(description)")
    }

    @Test func theDescriptionShowsPlaceContextAndHint() {
        let tab = #expect(throws: YAMLError.self) { try YAML.parse("a:\n\t- b") }
        #expect(tab?.description.hasSuffix("YAML does not take tabs for indentation: use spaces") == true)
        let open = #expect(throws: YAMLError.self) { try YAML.parse("x: 1\na: [1, 2") }
        #expect(open?.description == "2:9: did not find expected ',' or ']' (while parsing a flow sequence at 2:4)")
    }

    @Test func unicodeAndEscapesComeThrough() throws {
        let root = try YAML.parse("ключ: 值\n\"\\U0001F600\": \"\\x41\\u00DF\\N\"\nemoji: 👩‍👩‍👧‍👦\n")
        #expect(root.pairs?.map(\.name) == ["ключ", "😀", "emoji"])
        #expect(root["ключ"]?.string == "值")
        #expect(root["😀"]?.string == "Aß\u{85}")
        #expect(root["emoji"]?.string == "👩‍👩‍👧‍👦")
    }

    @Test func composedAndDecomposedKeysAreTheSameKey() {
        #expect(throws: YAMLError.self) { try YAML.parse("\u{E9}: 1\ne\u{301}: 2\n") }
    }

    @Test func aFiveThousandLineConfigurationIsRead() throws {
        var text = "defaults: &d\n  retries: 3\n  url: http://localhost\n"
        for index in 0..<1250 {
            text += "item_\(index):\n  <<: *d\n  name: \"item \(index)\"\n  values: [1, 2.5, true, null]\n"
        }
        let root = try YAML.parse(text)
        #expect(root.pairs?.count == 1251)
        #expect(root["item_1249"]?["retries"]?.int == 3)
        #expect(root["item_1249"]?["values"]?.elements?.count == 4)
        #expect(root.pairs?.last?.key.start.line == 5000)
    }

    @Test func damagedTextsAreReadOrRefusedButNeverMore() throws {
        let sample = """
            base: &b {x: 1, "y": [a, 'b', *c]}
            text: |2-
               x
              y
            more: &c >
              folded
            use: {<<: *b, z: !!str 12}
            ? key
            : - - 1
                - ~
            """
        let scalars = Array(sample.unicodeScalars)
        let inserts: [Unicode.Scalar] = [
            "\t", "\n", ":", "-", "&", "*", "\"", "[", "}", "\u{0}", "\u{85}", "|", "!", "%", "\u{FEFF}",
        ]
        for position in scalars.indices {
            var cut = String.UnicodeScalarView()
            cut.append(contentsOf: scalars[..<position])
            var removed = cut
            removed.append(contentsOf: scalars[(position + 1)...])
            var inserted = cut
            inserted.append(inserts[position % inserts.count])
            inserted.append(contentsOf: scalars[position...])
            for variant in [String(cut), String(removed), String(inserted)] {
                do {
                    let tree = try YAML.parse(variant)
                    #expect(try YAML.parse(tree.text()).hasSameContent(as: tree))
                } catch {
                    #expect(error.mark.offset <= variant.unicodeScalars.count)
                }
            }
        }
    }
}
