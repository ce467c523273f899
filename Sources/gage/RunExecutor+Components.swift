import Engine
import GageConfiguration
import Models

extension RunExecutor {
    /// An executor with the plan's own models, and others by name.
    init(plan: Plan, options: RunOptions, components: Components, control: RunControl) {
        let models = RunModels(
            backends: plan.backends.map { ($0.id, $0.factory) },
            resolver: ModelNameResolver(client: components.client), baseDirectory: plan.baseDirectory,
            environment: plan.environment)
        self.init(plan: plan, options: options, models: models, control: control)
    }
}
