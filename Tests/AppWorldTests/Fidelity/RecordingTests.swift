import FoundationEssentials
import JSON
import Testing
import Transport

@testable import AppWorld

/// What the real servers were seen to do, replayed on the stand-in.
@Suite("Recorded behaviour", .timeLimit(.minutes(5)))
struct RecordingTests {
    private static func canReplay() async -> Bool {
        guard AppWorldReference.isThere else { return false }
        return await StandInRun.isPossible()
    }

    private func ledger(_ names: [String]) async throws -> AppWorldLedger {
        var settings = AppWorldFidelity.Settings()
        settings.image = StandInRun.image
        settings.environment = StandInRun.environment
        return try await AppWorldFidelity(settings, http: HTTPClient()).run(
            files: names.map { AppWorldReference.path($0) })
    }

    @Test(
        "The stand-in answers every recorded request as the real server did", .enabled { await Self.canReplay() },
        arguments: [
            ("env", 93), ("apis", 51), ("mcp", 55), ("flow", 33), ("isolation", 22), ("isolation2", 38),
            ("container_env", 8), ("container_mcp_probe", 3), ("output_types_env", 3), ("output_both", 4),
            ("output_content_only", 4), ("output_call_tool_result", 4), ("output_both_but_empty_text", 4),
            ("output_structured_data_only", 4),
        ])
    func standIn(topic: String, count: Int) async throws {
        let ledger = try await ledger(["scrubbed/\(topic).jsonl"])
        #expect(ledger.total == count)
        let unknown = ledger.disagreements.filter { $0.reason == nil }
        #expect(unknown.isEmpty, "\(unknown.map { "\($0.place): \($0.field)" })")
        #expect(ledger.known <= (topic == "env" ? 1 : 0))
    }

    @Test("All figures of the leaderboard and the percentages fit", .enabled(if: AppWorldReference.isThere))
    func figures() async throws {
        let ledger = try await ledger(["percent-vectors.json", "leaderboard-oracle.json"])
        #expect(ledger.groups.map(\.total) == [1702, 288])
        #expect(ledger.agreed == 1990)
    }
}

extension AppWorldReference {
    /// Where a file of the reference data is.
    fileprivate static func path(_ name: String) -> String { "\(folder)/\(name)" }
}
