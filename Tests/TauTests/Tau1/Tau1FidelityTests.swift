import JSON
import Testing

@testable import Tau

@Suite("Official τ-bench cases", .enabled(if: TauReference.hasTau1))
struct Tau1FidelityTests {
    private func play(
        _ name: String, isWanted: @escaping @Sendable (String, String) -> Bool = { _, _ in true }
    ) async throws -> TauFidelityReport {
        let fidelity = Tau1Fidelity(dataDirectory: OfficialTau1.root, store: OfficialTau1.store, workers: 2)
        return try await fidelity.run(files: ["\(TauReference.folder)/tau1/cases/\(name).jsonl.gz"], isWanted: isWanted)
    }

    private func expectAgreement(_ report: TauFidelityReport) {
        #expect(report.total > 0)
        #expect(report.agreed == report.total, "\(report.json.text(.pretty).prefix(4000))")
    }

    @Test("Every tool case agrees", arguments: ["tools-retail", "tools-airline"])
    func tools(name: String) async throws {
        expectAgreement(try await play(name))
    }

    @Test("Samples of variants and recorded runs agree", arguments: [("variants", 80), ("trajectories", 40)])
    func sample(name: String, share: UInt64) async throws {
        let seed = UInt64.random(in: 0..<1000)
        print("sampling official τ-bench \(name) with seed \(seed)")
        let report = try await play(name) { _, caseID in
            let digest = sha256Hex("\(seed) \(caseID)".utf8)
            return (UInt64(digest.prefix(8), radix: 16) ?? 0) % share == 0
        }
        expectAgreement(report)
    }

    @Test("A case that cannot be read, or disagrees, is a disagreement and not a crash")
    func brokenCases() async throws {
        let domain = try await OfficialTau1.domain(.retail)
        #expect(Tau1FidelityCase.play(["id": "x", "env": "retail"], in: domain).disagreements.count == 1)
        let tampered = Tau1FidelityCase.play(
            [
                "id": "y", "env": "retail", "calls": [["name": "think", "kwargs": [:]]], "returns": ["wrong"],
                "final_data_hash": "x", "mutated": true,
            ], in: domain)
        #expect(tampered.disagreements.count == 3)
    }
}
