public import Evaluation
import GageConfiguration
import JSON

/// What a run may use, over all its sessions, before it stops; what is in flight then may finish.
public struct RunBudget: Sendable, Hashable {
    /// Tokens of all model calls, requests and replies; nil for any number.
    public var tokens: Int?
    /// The price of all model calls in US dollars, as far as prices are known; nil for any.
    public var cost: Double?
    /// Wall-clock time; nil for any.
    public var time: Duration?
    /// The moment on the monotonic clock when ``time`` is used up; set when the run starts.
    var deadline: Double?

    /// Bounds what a run may use.
    public init(tokens: Int? = nil, cost: Double? = nil, time: Duration? = nil) {
        self.tokens = tokens
        self.cost = cost
        self.time = time
    }

    /// Which bound is reached, in a sentence; nil while none is.
    ///
    /// `spending` is what all sessions of the run have used.
    func exceededBy(_ spending: Spending, at now: Double) -> String? {
        if let tokens, spending.tokens >= tokens {
            return "the budget of \(tokens) tokens is used up (\(spending.tokens) used)"
        }
        if let cost, spending.cost >= cost {
            return "the budget of \(JSONValue(cost).text()) US dollars is used up "
                + "(\(JSONValue((spending.cost * 1e6).rounded() / 1e6).text()) used)"
        }
        if let deadline, now >= deadline {
            return "the run's time of \(time.map { TimeSpan(seconds: $0.inSeconds).description } ?? "") is used up"
        }
        return nil
    }

    /// The bounds, with those of a configuration where there are none.
    func filled(from planned: PlannedBudget?) -> RunBudget {
        var budget = self
        budget.tokens = tokens ?? planned?.tokens
        budget.cost = cost ?? planned?.dollars
        budget.time = time ?? planned?.wallTime.map { .bounded(seconds: $0) }
        return budget
    }
}

/// What model calls have used.
public struct Spending: Sendable, Hashable {
    /// Tokens of requests and replies, as far as providers say.
    public var tokens = 0
    /// The price in US dollars, as far as prices are known.
    public var cost = 0.0
    /// Answers whose price is not known.
    public var unpriced = 0

    /// Nothing used.
    public init() {}

    /// What an episode's trajectory says it used.
    public init(_ trajectory: Trajectory) {
        for entry in trajectory.entries {
            tokens += (entry.usage?.inputTokens ?? 0) + (entry.usage?.outputTokens ?? 0)
            cost += entry.cost ?? 0
        }
    }

    /// What calls to backends used.
    public init(_ traffic: [BackendTraffic]) {
        for backend in traffic {
            tokens += backend.tokens
            cost += backend.cost
            unpriced += backend.unpriced
        }
    }

    /// Adds what something else used.
    public static func += (left: inout Self, right: Self) {
        left.tokens += right.tokens
        left.cost += right.cost
        left.unpriced += right.unpriced
    }
}
