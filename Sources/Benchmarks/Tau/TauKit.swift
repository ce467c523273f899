public import Evaluation

/// The τ-benches: what configurations can name of them.
///
/// A kit owns what was loaded for it: official data are read once and shared by everything that it registers.
public struct TauKit: Kit {
    /// The kit's name.
    public let name = "tau"
    /// The τ²-bench domains that were loaded.
    let store: Tau2DataStore
    /// The environments of the original τ-bench that were loaded.
    let tau1Store: Tau1DataStore

    /// Makes a kit that has loaded nothing, or one that shares what another part of the program has loaded.
    public init(store: Tau2DataStore = Tau2DataStore(), tau1Store: Tau1DataStore = Tau1DataStore()) {
        self.store = store
        self.tau1Store = tau1Store
    }

    /// Adds the components.
    public func register(in registry: inout Registry) {
        registerTau2(in: &registry)
        registerTau1(in: &registry)
        registerTau1Errors(in: &registry)
    }
}
