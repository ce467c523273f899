import Engine
import GageConfiguration
import Models

extension RunExecutor {
    /// An executor with the plan's own models, and others by name; `replies` says what is put around them.
    init(
        plan: Plan, options: RunOptions, components: Components, control: RunControl,
        replies: RunModelOptions = RunModelOptions()
    ) {
        let models = RunModels(
            backends: plan.backends.map { ($0.id, $0.factory) },
            resolver: ModelNameResolver(client: components.client), baseDirectory: plan.baseDirectory,
            environment: plan.environment, options: replies)
        self.init(plan: plan, options: options, models: models, control: control)
    }
}
