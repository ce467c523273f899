/// Everything that a binary with a kit of its own needs: `docs/examples/kit/main.swift` is one.
///
/// A kit registers components under keys; a configuration that is compiled with its registry may name them;
/// `RunExecutor` executes the plan that comes out of it, and `RunReport` writes the run's summary and report.
@_exported public import Engine
@_exported public import Evaluation
@_exported public import GageConfiguration
@_exported public import Reports
@_exported public import Storage
