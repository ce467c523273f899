import Reports
import Testing

@Suite("Numbers as people read them")
struct NumberTextTests {
    @Test(arguments: [
        (0.6666, 3, "0.667"), (0.05, 1, "0.1"), (-0.0001, 2, "0.00"), (-1.25, 1, "-1.3"), (12, 0, "12"),
        (1.005, 3, "1.005"), (.infinity, 2, "–"),
    ])
    func fixedDigits(value: Double, digits: Int, text: String) {
        #expect(NumberText.fixed(value, digits: digits) == text)
    }

    @Test(arguments: [
        (0.85, "850 ms"), (0.00004, "40 µs"), (0.0035, "3.5 ms"), (0.002, "2 ms"), (0, "0 ms"), (12.34, "12.3 s"),
        (245, "4 min 05 s"), (7800, "2 h 10 min"), (-1, "–"),
    ])
    func durations(seconds: Double, text: String) {
        #expect(NumberText.duration(seconds) == text)
    }

    @Test(arguments: [(7, "7"), (1234, "1\u{2009}234"), (-1_234_567, "-1\u{2009}234\u{2009}567")])
    func counts(value: Int, text: String) {
        #expect(NumberText.count(value) == text)
    }
}

@Suite("Text table")
struct TextTableTests {
    @Test func numbersKeepToTheRight() {
        var table = TextTable([.init("name"), .init("n", .right)])
        table.add(["alpha", "7"])
        table.add(["b", "112"])
        #expect(table.lines(on: Terminal()) == ["name     n", "─────  ───", "alpha    7", "b      112"])
    }

    @Test func theColumnThatMayShrinkIsCut() {
        var table = TextTable([.init("task", canShrink: true), .init("n", .right)])
        table.add([String(repeating: "x", count: 60), "1"])
        let lines = table.lines(on: Terminal(width: 40))
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(lines[2].contains("…"))
    }

    @Test func coloursOnlyWhereWanted() {
        #expect(Terminal(usesColor: true).styled("a", .red) == "\u{1B}[31ma\u{1B}[0m")
        #expect(Terminal(usesColor: false).styled("a", .red) == "a")
    }
}
