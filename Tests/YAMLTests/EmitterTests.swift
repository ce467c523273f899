import Foundation
import Testing
import YAML

@Suite struct EmitterTests {
    static let strings = [
        "", " ", "a", "hello world", " lead", "trail ", "a: b", "a:", ":a", "a:b", "a #b", "a#b", "#a", "- a", "-a",
        "--flag",
        "---", "--- x", "-", "- ", "?", "? a", "[a", "]", "{a", "}", "a, b", ",a", "&a", "*a", "!a", "|a", ">a", "'a'",
        "it's",
        "\"a\"", "%a", "@a", "`a", "=", "<<", "~", "null", "Null", "true", "FALSE", "yes", "No", "ON", "off", "y", "N",
        "yEs",
        "0", "12", "-7", "+7", "017", "0o17", "0x1F", "0b11", "1_000", "1.5", ".5", "1e3", "1.", ".inf", "-.INF",
        ".nan", "+", ".",
        "..", "...", "12:30:45", "1:2", "2024-01-02", "2024-01-02T10:11:12Z", "127.0.0.1", "3 apples", "a\tb", "\t",
        "a\nb",
        "a\nb\n", "a\n\n\nb\n\n", "\na", "\n", "\n\n", "  a\nb", "a\n  b\n   ", "a \nb", "a\r\nb", "a\rb", "\u{0}",
        "\u{7}x",
        "é", "日本語", "🙂", "\u{85}", "\u{A0}x", "\u{2028}", "a\u{2029}b", "\u{FEFF}a", "a\u{FEFF}", "\\", "\\n", "a\"b'c",
        "x\u{7F}",
        "\u{FFFE}", "\u{10FFFF}", "\ta\nb", "a\n\tb", "-\nb", "key: |\n  x\n", "e\u{301}", "${VAR:-x}", "C:\\x: y",
        "a  b", "0.0.4",
        "1 2", "1,000", "0:0", "-.", "+.5", "0x", "nan", "inf", "190:20:30.15", "%", "@", "a\n---\nb", "a\n...\n",
        "# x\ny",
        String(repeating: "long ", count: 300), String(repeating: "k", count: 5000),
        "a\n" + String(repeating: "b", count: 3000),
    ]

    @Test(arguments: strings)
    func everyStringReadsBackAsItselfInEveryPosition(text: String) throws {
        let string = YAMLNode(.string(text))
        let trees = [
            string,
            YAMLNode(.sequence([string, string])),
            YAMLNode(.sequence([YAMLNode(.sequence([string, string])), string])),
            YAMLNode(
                .mapping([YAMLPair("first", string), YAMLPair(text, string), YAMLPair("z z", YAMLNode(.int(1)))])),
            YAMLNode(.sequence([YAMLNode(.mapping([YAMLPair("a", YAMLNode(.mapping([YAMLPair(text, string)])))]))])),
        ]
        for tree in trees {
            let written = tree.text()
            #expect(try YAML.parse(written).hasSameContent(as: tree), "\(written)")
        }
    }

    @Test func blockStyleIsReadable() throws {
        let source = """
            api_version: gage/v1
            kind: PipelineConfig
            empty: {list: [], map: {}, nothing: null}
            flags: ["yes", no way, "017", "12:30", '--verbose', 1.50, true]
            nested: [[1, [2]], {a: {b: c}}]
            prompt: |
              Hello {{ name }}:

                indented # not a comment
            """
        let root = try YAML.parse(source)
        #expect(
            root.text() == """
                api_version: gage/v1
                kind: PipelineConfig
                empty:
                  list: []
                  map: {}
                  nothing: null
                flags:
                  - 'yes'
                  - no way
                  - '017'
                  - '12:30'
                  - --verbose
                  - 1.50
                  - true
                nested:
                  - - 1
                    - - 2
                  - a:
                      b: c
                prompt: |-
                  Hello {{ name }}:

                    indented # not a comment

                """)
        #expect(try YAML.parse(root.text()).hasSameContent(as: root))
    }

    @Test(arguments: [
        "null", "[]", "{}", "- {}\n- []\n- ~", "1: a\ntrue: b\n~: c\n0x10: d\n1.5: e",
        "a: 0x10\nb: .inf\nc: 99999999999999999999",
    ])
    func otherContentReadsBack(text: String) throws {
        let root = try YAML.parse(text)
        #expect(try YAML.parse(root.text()).hasSameContent(as: root), "\(root.text())")
    }

    @Test(.enabled(if: Python.hasYAML, "python3 with PyYAML is not installed"))
    func aReaderOfVersionOnePointOneAgrees() throws {
        let strings = Self.strings.filter { $0 != "\u{FFFE}" && !$0.contains("\u{10FFFF}") }
        let tree = YAMLNode(
            .sequence(
                strings.map { YAMLNode(.string($0)) }
                    + strings.map { text in
                        YAMLNode(.mapping([YAMLPair(text, YAMLNode(.string(text)))]))
                    }))
        let program = """
            import sys, yaml
            items = yaml.safe_load(sys.stdin.buffer.read().decode('utf-8'))
            for item in items:
                if isinstance(item, dict):
                    (key, value), = item.items()
                    assert key == value and isinstance(key, str), (key, value)
                    item = value
                assert isinstance(item, str), item
                print(item.encode('utf-8').hex())
            """
        let output = try Python.run(program, input: tree.text())
        let expected = (strings + strings).map {
            $0.utf8.map { byte in
                let hex = String(byte, radix: 16)
                return hex.count == 1 ? "0" + hex : hex
            }.joined()
        }
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        #expect(lines.count == expected.count)
        for (line, (expected, text)) in zip(lines, zip(expected, strings + strings)) {
            #expect(line == expected, "\(text.debugDescription)")
        }
    }
}

/// The Python beside us, which knows YAML 1.1.
enum Python {
    static let hasYAML: Bool = {
        // A machine without Python fails to start it; that is an answer here, not an error.
        (try? run("import yaml; print('yes')", input: "")) == "yes\n"
    }()

    static func run(_ program: String, input: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("yaml-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // A leftover folder harms nobody.
        let inputFile = folder.appendingPathComponent("input")
        try Data(input.utf8).write(to: inputFile)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.standardError
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable) }
        return String(decoding: data, as: UTF8.self)
    }
}
