public import JSON

/// Says how far a benchmark's scores were compared with those of its official code.
public struct FidelityStatement: Sendable, Hashable {
    /// The benchmark.
    public var benchmark: String
    /// The official version that it was compared with; nil where it was not.
    public var comparedWith: String?
    /// What was compared, in a sentence or two for the reader of a report.
    public var statement: String

    /// Makes a statement.
    public init(benchmark: String, comparedWith: String?, statement: String) {
        self.benchmark = benchmark
        self.comparedWith = comparedWith
        self.statement = statement
    }

    /// `{benchmark, compared_with, statement}`.
    public var json: JSONValue {
        [
            "benchmark": .string(benchmark), "compared_with": comparedWith.map(JSONValue.string) ?? .null,
            "statement": .string(statement),
        ]
    }
}
