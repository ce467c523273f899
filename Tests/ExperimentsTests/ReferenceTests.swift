import Foundation
import Testing

@testable import Experiments

@Suite("Recorded results of scipy and statsmodels")
struct ReferenceTests {
    static let path: String = {
        let checkout = URL(filePath: #filePath).resolvingSymlinksInPath().pathComponents.dropLast(3)
        let beside = "/" + (checkout.dropLast().dropFirst() + ["shared", "reference"]).joined(separator: "/")
        return (ProcessInfo.processInfo.environment["GAGE_REFERENCE"] ?? beside) + "/statistics.json"
    }()

    @Test(
        "Every recorded number is reproduced, the whole study's through the analysis of experiments",
        .enabled(
            if: FileManager.default.fileExists(atPath: path),
            "statistics.json is absent: set GAGE_REFERENCE to compare with scipy and statsmodels"))
    func everything() throws {
        let ledger = try StatisticsFidelity().run(files: [Self.path])
        #expect(ledger.disagreements.isEmpty, "\(ledger.disagreements.prefix(10))")
        #expect(ledger.groups.count == 17)
        #expect(ledger.agreed == ledger.total)
        #expect(ledger.groups.reduce(0) { $0 + $1.numbers } > 1000)
    }

    @Test("A wrong number and a section that nobody knows are disagreements")
    func disagreements() throws {
        let path = FileManager.default.temporaryDirectory.path + "/gage-statistics-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = #"""
            {"sections": {"cohens_h": {"cases": [{"p1": 0.5, "p2": 0.5, "h": 0.0}, {"p1": 0.6, "p2": 0.5, "h": 0.3}]},
             "tea_leaves": {"cases": [{"x": 1}]}}}
            """#
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let ledger = try StatisticsFidelity().run(files: [path])
        #expect(ledger.total == 3)
        #expect(ledger.agreed == 1)
        #expect(ledger.disagreements.map(\.place) == ["cohens_h[1]", "tea_leaves[0]"])
    }
}
