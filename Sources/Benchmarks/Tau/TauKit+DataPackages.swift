public import Datasets

extension TauKit {
    /// The official data that the τ-benches need.
    public static let dataPackages: [DataPackage] = [.tau2, .tauBench]
}
