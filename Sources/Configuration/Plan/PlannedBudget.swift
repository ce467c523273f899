import Evaluation

/// What a run may use before it stops, over all its sessions.
public struct PlannedBudget: Sendable, Hashable {
    /// US dollars; nil for any number.
    public var dollars: Double?
    /// Tokens of requests and replies; nil for any number.
    public var tokens: Int?
    /// Seconds; nil for any time.
    public var wallTime: Double?

    /// Bounds a run.
    public init(dollars: Double? = nil, tokens: Int? = nil, wallTime: Double? = nil) {
        self.dollars = dollars
        self.tokens = tokens
        self.wallTime = wallTime
    }
}

extension PlannedBudget {
    /// The budget that a document gives; nil where it gives none.
    init?(_ block: BudgetBlock?) {
        guard let block else { return nil }
        self.init(dollars: block.dollars, tokens: block.tokens, wallTime: block.wallTime?.seconds)
        if self == PlannedBudget() { return nil }
    }

    /// The bounds in words.
    var text: String {
        var parts: [String] = []
        if let dollars { parts.append("\(dollars) US dollars") }
        if let tokens { parts.append("\(tokens) tokens") }
        if let wallTime { parts.append(TimeSpan(seconds: wallTime).description) }
        return parts.joined(separator: ", ")
    }
}
