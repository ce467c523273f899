@testable import Tau

/// The official data of the original τ-bench, loaded once for all tests.
enum OfficialTau1 {
    static let root = TauReference.folder + "/tau1"
    static let store = Tau1DataStore()

    static func domain(_ name: Tau1DomainName) async throws -> Tau1Domain {
        try await store.domain(name, dataDirectory: root)
    }
}
