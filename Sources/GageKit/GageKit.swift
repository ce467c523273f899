/// Everything that a binary with a kit of its own needs.
///
/// ```swift
/// import GageKit
///
/// struct LengthMetric: Metric {
///     let defaultAggregation = "mean"
///
///     func score(_ episode: Episode, as id: String) throws -> Score? {
///         Score(metric: id, values: [id: Double(episode.prediction?.answer?.count ?? 0)])
///     }
/// }
///
/// struct MyKit: Kit {
///     let name = "mine"
///
///     func register(in registry: inout Registry) {
///         registry.metrics.register(
///             Registration("answer_length", summary: "How long the answer is.") { LengthMetric() })
///     }
/// }
///
/// let registry = Registry(kits: [BuiltinKit(), MyKit()])
/// ```
///
/// A configuration that is compiled with this registry may name `answer_length`; `RunExecutor` executes the plan that comes
/// out of it.
@_exported public import Engine
@_exported public import Evaluation
@_exported public import GageConfiguration
