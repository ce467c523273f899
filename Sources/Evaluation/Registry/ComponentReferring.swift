/// An implementation whose parameters name other registered components, such as an agent's hooks.
///
/// A parameter block is read without the registry at hand, so that such names stay names at first. The planner calls
/// ``resolved(in:into:)`` once on every implementation that conforms and puts the result into the plan.
public protocol ComponentReferring: Sendable {
    /// The same implementation with its references made; reports names that are unknown and blocks that are wrong.
    func resolved(in registry: Registry, into diagnostics: inout Diagnostics) -> Self
}
