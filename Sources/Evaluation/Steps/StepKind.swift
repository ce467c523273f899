/// A node of the step graph, in the configuration's word.
public enum StepKind: String, Sendable, Hashable, CaseIterable {
    /// Prepares: context, tools, helper models. Any number, in order.
    case support
    /// Lets the evaluated model or agent work.
    case inference
    /// Decides what came of it.
    case judge
    /// Computes the metrics.
    case autoEval = "auto_eval"
}

/// What a role adapter does, in the configuration's word.
public enum RoleType: String, Sendable, Hashable, CaseIterable {
    /// Adds context to the sample or sets up its world.
    case contextProvider = "context_provider"
    /// Decides which tools the agent sees.
    case toolchain
    /// A model that helps to prepare.
    case helperModel = "helper_model"
    /// The evaluated model, asked once.
    case dutModel = "dut_model"
    /// The evaluated agent, in a loop with tools.
    case dutAgent = "dut_agent"
    /// A model that judges.
    case judgeModel = "judge_model"
    /// A program or rule that judges.
    case judgeExtend = "judge_extend"
    /// A simulated user, named by the agent's dialogue.
    case userSimulator = "user_simulator"

    /// The kinds of step that may run an adapter of this type.
    ///
    /// Empty for roles that only others refer to.
    public var steps: Set<StepKind> {
        switch self {
        case .contextProvider, .toolchain, .helperModel: [.support]
        case .dutModel, .dutAgent: [.inference]
        case .judgeModel, .judgeExtend: [.judge]
        case .userSimulator: []
        }
    }
}
