public import Evaluation

/// A step with its adapter made.
public struct PlannedStep: Sendable {
    /// The kind of step.
    public var kind: StepKind
    /// The adapter; nil for `auto_eval`.
    public var adapter: PlannedAdapter?
    /// Where the step was written.
    public var location: SourceLocation

    /// Plans a step.
    public init(kind: StepKind, adapter: PlannedAdapter?, location: SourceLocation) {
        self.kind = kind
        self.adapter = adapter
        self.location = location
    }

    /// The step's name in records and errors: `judge:tau2_judge`, or `auto_eval`.
    public var name: String { adapter.map { "\(kind.rawValue):\($0.id)" } ?? kind.rawValue }
}
