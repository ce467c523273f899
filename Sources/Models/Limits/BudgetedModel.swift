public import Evaluation
public import JSON
import Synchronization

/// What a run may spend on models, and what it has spent.
///
/// Shared by all models of a run. A limit is checked before each call, so calls that are under way when it is reached
/// still end: the overshoot is at most what they cost.
public final class ModelBudget: Sendable {
    /// What was spent.
    public struct Spending: Sendable, Hashable {
        /// US dollars, of the calls whose price is known.
        public var dollars = 0.0
        /// Tokens of requests and replies.
        public var tokens = 0
        /// Calls.
        public var calls = 0

        /// Nothing.
        public init() {}
    }

    /// The most US dollars; nil for no limit.
    public let maximumDollars: Double?
    /// The most tokens; nil for no limit.
    public let maximumTokens: Int?
    /// Protects the running sums.
    private let sums: Mutex<Spending>

    /// Sets limits.
    public init(maximumDollars: Double? = nil, maximumTokens: Int? = nil, spent: Spending = Spending()) {
        self.maximumDollars = maximumDollars
        self.maximumTokens = maximumTokens
        sums = Mutex(spent)
    }

    /// What was spent so far.
    public var spent: Spending { sums.withLock { $0 } }

    func check() throws(EvaluationError) {
        let spent = self.spent
        if let most = maximumDollars, spent.dollars >= most {
            throw exhausted("the budget of \(most) US dollars is used up (\(JSONValue(spent.dollars).text()) spent)")
        }
        if let most = maximumTokens, spent.tokens >= most {
            throw exhausted("the budget of \(most) tokens is used up (\(spent.tokens) spent)")
        }
    }

    /// Counts a reply.
    ///
    /// Throws ``EvaluationError`` when there is a limit in dollars and the reply has no price.
    func charge(_ response: ChatResponse) throws(EvaluationError) {
        guard !response.isReplayed else { return }
        sums.withLock { spent in
            spent.calls += 1
            spent.dollars += response.cost ?? 0
            spent.tokens += (response.usage?.inputTokens ?? 0) + (response.usage?.outputTokens ?? 0)
        }
        if maximumDollars != nil, response.cost == nil {
            throw EvaluationError(
                .configurationInvalid, "a budget in US dollars is set, and the price of '\(response.model)' is unknown",
                cause: .configuration, advice: "give the backend a 'price'")
        }
    }

    private func exhausted(_ message: String) -> EvaluationError {
        EvaluationError(
            .budgetExhausted, message, cause: .configuration, advice: "raise the budget and resume the run")
    }
}

/// Refuses calls once the run's budget is used up.
public struct BudgetedModel: ChatModel {
    private let base: any ChatModel
    private let budget: ModelBudget

    /// Wraps a model; all models of a run share its budget.
    public init(_ base: any ChatModel, budget: ModelBudget) {
        self.base = base
        self.budget = budget
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Asks when there is budget left, and counts what the answer cost.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try budget.check()
        let response = try await base.respond(to: request, in: context)
        try budget.charge(response)
        return response
    }
}

extension BudgetedModel: FingerprintedModel {
    /// The wrapped model's.
    public var fingerprint: JSONValue { base.fingerprintOrName }
}
