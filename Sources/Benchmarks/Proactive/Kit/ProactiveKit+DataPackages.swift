public import Datasets

extension ProactiveKit {
    /// The data of others that ProactiveLLM can use.
    public static let dataPackages: [DataPackage] = [.mbpp]
}
