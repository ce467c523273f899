import Evaluation
import JSON
import Testing

@Suite struct DiagnosticsTests {
    @Test func theSameReportIsKeptOnce() {
        var diagnostics = Diagnostics()
        for _ in 0..<3 { diagnostics.error("odd", at: Node.of(1)) }
        diagnostics.warning("odd", at: Node.of(1))
        #expect(diagnostics.all.count == 2)
        #expect(diagnostics.errorCount == 1)
        #expect(diagnostics.hasErrors)
    }

    @Test func notesAndWarningsAreNoErrors() {
        var diagnostics = Diagnostics()
        diagnostics.note("a", at: Node.of(1))
        diagnostics.warning("b", at: Node.of(1))
        #expect(!diagnostics.hasErrors)
    }

    @Test func sortsByPlaceWithinTheFilesInTheirOrder() {
        var diagnostics = Diagnostics()
        func report(_ message: String, _ file: String?, _ line: Int, _ column: Int) {
            let place = file.map { SourceLocation(file: $0, line: line, column: column) }
            diagnostics.add(Diagnostic(.note, message, location: place))
        }
        report("6", nil, 0, 0)
        report("3", "b", 2, 1)
        report("5", "a", 1, 1)
        report("1", "b", 1, 2)
        report("2", "b", 1, 2)
        report("4", "b", 2, 5)
        diagnostics.sortByLocation()
        #expect(diagnostics.all.map(\.message) == ["1", "2", "3", "4", "5", "6"])
    }

    @Test func aReportReadsLikeACompilers() {
        let place = SourceLocation(file: "suite.yaml", line: 12, column: 7)
        let report = Diagnostic(.error, "unknown key 'x'", location: place, path: "a.b", advice: "did you mean 'y'?")
        #expect(report.description == "suite.yaml:12:7: error: unknown key 'x' (at a.b)\n    did you mean 'y'?")
        #expect(Diagnostic(.note, "hm").description == "note: hm")
    }

    @Test func severitiesHaveAnOrder() {
        #expect(Diagnostic.Severity.note < .warning)
        #expect(Diagnostic.Severity.warning < .error)
    }
}

@Suite struct NearMissTests {
    static let cases: [(name: String, candidates: [String], found: String?)] = [
        ("metrcs", ["metrics", "tasks"], "metrics"),
        ("metircs", ["metrics", "tasks"], "metrics"),
        ("Task-ID", ["task_id", "tasks"], "task_id"),
        ("retail", ["telecom", "airline"], nil),
        ("ab", ["ac", "xy"], "ac"),
        ("x", ["abc"], nil),
        ("", ["abc"], nil),
        ("same", ["sama", "samb"], "sama"),
        ("näme", ["name"], "name"),
    ]

    @Test(arguments: cases)
    func findsWhatWasMeant(name: String, candidates: [String], found: String?) {
        #expect(NearMiss.find(name, among: candidates) == found)
        #expect(NearMiss.find(name, among: candidates.reversed()) == found)
    }

    @Test func advisesWithTheListWhereNothingIsNear() {
        #expect(NearMiss.advice("zzz", among: ["b", "a"]) == "allowed: a, b")
        #expect(NearMiss.advice("zzz", among: []) == nil)
        #expect(NearMiss.advice("zzz", among: (0..<40).map { "name\($0)" }) == nil)
        #expect(NearMiss.advice("aa", among: ["ab"]) == "did you mean 'ab'?")
    }
}
