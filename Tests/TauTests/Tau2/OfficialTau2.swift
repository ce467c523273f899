@testable import Tau

/// The official τ²-bench data, loaded once for all tests.
enum OfficialTau2 {
    static let root = TauReference.folder + "/tau2"
    static let store = Tau2DataStore()

    static func domain(_ name: String) async throws -> Tau2Domain {
        try await store.domain(named: name, dataDirectory: root)
    }
}
