import Glibc
import JSON
import Testing

@testable import Tau

@Suite("Official tau2 cases", .enabled(if: TauReference.hasTau2))
struct Tau2FidelityTests {
    private func play(
        _ names: [String], isWanted: @escaping @Sendable (String, String) -> Bool = { _, _ in true }
    ) async throws -> TauFidelityReport {
        let fidelity = Tau2Fidelity(dataDirectory: OfficialTau2.root, store: OfficialTau2.store, workers: 2)
        let files = names.map { "\(TauReference.folder)/tau2/cases/\($0).jsonl.gz" }
        return try await fidelity.run(files: files.filter { access($0, R_OK) == 0 }, isWanted: isWanted)
    }

    private func expectAgreement(_ report: TauFidelityReport) {
        #expect(report.total > 0)
        #expect(report.agreed == report.total, "\(report.json.text(.pretty).prefix(4000))")
    }

    @Test("Every mock case agrees", arguments: ["tools", "traj", "real", "orch"])
    func mock(form: String) async throws {
        expectAgreement(try await play(["mock.\(form)"]))
    }

    @Test("A sample of the other domains' cases agrees", arguments: ["retail", "airline", "telecom"])
    func sample(domain: String) async throws {
        let seed = UInt64.random(in: 0..<1000)
        print("sampling official tau2 cases of \(domain) with seed \(seed)")
        let report = try await play(["tools", "traj", "real", "orch"].map { "\(domain).\($0)" }) { _, caseID in
            let digest = sha256Hex("\(seed) \(caseID)".utf8)
            return (UInt64(digest.prefix(8), radix: 16) ?? 0) % 40 == 0
        }
        expectAgreement(report)
    }

    @Test("A case that cannot be read is a disagreement, not a crash")
    func brokenCase() async throws {
        let domain = try await OfficialTau2.domain("mock")
        let outcome = Tau2FidelityCase.play(
            ["case_id": "x", "domain": "mock", "kind": "gold", "task_id": "none", "expected": [:]], in: domain)
        #expect(outcome.disagreements.count == 1)
        let tampered = Tau2FidelityCase.play(
            [
                "case_id": "y", "domain": "mock", "calls": [["name": "get_users", "arguments": [:]]],
                "results": [["content": "wrong", "error": true]], "initial_hash": ["agent": "x", "user": "y"],
            ], in: domain)
        #expect(tampered.disagreements.count >= 4)
    }
}
