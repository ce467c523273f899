import JSON
import Reports
import Testing

@Suite("Layout at any width")
struct LayoutTests {
    @Test(arguments: [
        ("one two three", 7, ["one two", "three"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("漢字漢字", 4, ["漢字", "漢字"]), ("x\ty", 10, ["x    y"]), ("a  b", 3, ["a", "b"]),
    ])
    func textIsBrokenAtBlanks(text: String, width: Int, lines: [String]) {
        #expect(TextWrap.lines(text, width: width) == lines)
    }

    @Test func widthsCountColumns() {
        #expect(DisplayWidth.of("abc") == 3)
        #expect(DisplayWidth.of("漢字") == 4)
        #expect(DisplayWidth.of("e\u{301}") == 1)
        #expect(DisplayWidth.of("👍") == 2)
    }

    @Test func aTableThatDoesNotFitBecomesLists() {
        var table = TextTable([.init("task", canShrink: true), .init("value", .right), .init("95 % interval", .right)])
        table.add(["shop", "0.833", "0.436 … 0.970"])
        let lines = table.lines(on: Terminal(width: 24))
        #expect(lines.first == "shop")
        #expect(lines.allSatisfy { $0.count <= 24 })
    }

    @Test func cellsAreHarmless() {
        var table = TextTable([.init("name")])
        table.add(["\u{1B}[2Jx\ny"])
        #expect(table.lines(on: Terminal()).last == "␛[2Jx y")
    }

    private static let summary: JSONValue = [
        "outcomes": ["planned": 3, "scored": 3],
        "distributions": [
            "turns": [
                "min": 1, "max": 3, "p50": 2, "bins": ["lower": 1, "width": 1, "counts": [1, 8, 2], "above": 0],
            ]
        ],
    ]

    @Test func aPersonSeesHowTurnsAreSpread() {
        let lines = SummaryText(summary: Self.summary, terminal: Terminal(isInteractive: true)).lines
        #expect(lines.contains("turns          ▁█▂  1 … 3, median 2"))
    }

    @Test func aPipeGetsNoDrawings() {
        let lines = SummaryText(summary: Self.summary, terminal: Terminal()).lines
        #expect(!lines.contains { $0.contains("█") })
    }

    @Test(arguments: [("1", false), ("", true), (nil, true)])
    func noColorIsHeard(value: String?, usesColor: Bool) {
        // A file is never coloured, whatever the environment says.
        var environment = ["TERM": "xterm", "COLUMNS": "33"]
        environment["NO_COLOR"] = value
        let terminal = Terminal(descriptor: -1, environment: environment)
        #expect(!terminal.usesColor)
        #expect(terminal.width == 33)
    }
}
