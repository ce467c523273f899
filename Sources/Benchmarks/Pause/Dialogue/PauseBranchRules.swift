import Evaluation

/// What holds for the dialogues of a branch when reference trajectories are made.
struct PauseBranchRules {
    /// The platform tools that the assistant may call.
    let allowlist: Set<String>
    /// What the assistant is told.
    let policy: String

    /// Finds the rules of a branch.
    ///
    /// Throws ``EvaluationError``, cause `task`, for a branch that nobody knows.
    init(branch: String) throws(EvaluationError) {
        guard let known = PauseBranch(rawValue: branch) else {
            throw EvaluationError(
                .dataMalformed, "there is no branch '\(branch)', so nothing says which tools it has", cause: .task,
                advice: NearMiss.advice(branch, among: PauseBranch.allCases.map(\.rawValue)))
        }
        allowlist = Set(known.toolAllowlist)
        policy = known.assistantPolicy
    }
}
