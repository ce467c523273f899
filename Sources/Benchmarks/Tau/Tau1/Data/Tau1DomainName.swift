public import Evaluation

/// The environments of the original τ-bench.
public enum Tau1DomainName: String, Sendable, Hashable, CaseIterable {
    /// An online shop: orders, returns, exchanges.
    case retail
    /// An airline: reservations, flights, baggage.
    case airline

    /// The environment of that name.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, with a near miss otherwise.
    public init(named name: String) throws(EvaluationError) {
        guard let known = Self(rawValue: name) else {
            throw EvaluationError(
                .configurationInvalid, "'\(name)' is no environment of τ-bench", cause: .configuration,
                advice: NearMiss.advice(name, among: Self.allCases.map(\.rawValue)))
        }
        self = known
    }

    /// The tables of the data, each a file of that name.
    var tables: [String] {
        switch self {
        case .retail: ["orders", "products", "users"]
        case .airline: ["flights", "reservations", "users"]
        }
    }
}
