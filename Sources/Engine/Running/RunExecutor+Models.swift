public import Models

extension RunExecutor {
    /// The models of the plan's own backends, whose limits can be changed while the run goes on; nil for others.
    public var ownModels: RunModels? { models as? RunModels }
}
