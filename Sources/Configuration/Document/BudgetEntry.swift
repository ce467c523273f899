import Evaluation

/// The `budget` of a document.
struct BudgetBlock: Parameters {
    var dollars: Double?
    var tokens: Int?
    var wallTime: TimeSpan?

    static var fields: [ParameterField<Self>] {
        [
            .init("usd", \.dollars, "US dollars that the run's calls to models may cost.") { $0.minimum = 0 },
            .init("tokens", \.tokens, "Tokens of requests and replies that the run's calls to models may use.") {
                $0.minimum = 0
            },
            .init("wall_time", \.wallTime, "How long the run may take: seconds, or a number with a unit as in 2h."),
        ]
    }
}
