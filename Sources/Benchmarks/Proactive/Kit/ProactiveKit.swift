public import Evaluation

/// ProactiveLLM: what configurations can name of it.
public struct ProactiveKit: Kit {
    /// The kit's name.
    public let name = "proactive"

    /// Makes the kit.
    public init() {}

    /// Adds the components.
    public func register(in registry: inout Registry) {}
}
