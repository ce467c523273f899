import Evaluation
public import JSON

/// An environment of the original τ-bench in one state: the data behind the agent's tools.
///
/// A pure value: a copy is a world of its own and costs microseconds. Tools change it as the official ones do, their
/// mistakes included; numbers stay what the caller sent (`1`, `1.0` and `true` are three values).
public struct Tau1World: Sendable {
    /// Which environment it is.
    public let name: Tau1DomainName
    var database: Database

    /// Makes a world from its tables.
    init(_ name: Tau1DomainName, database: Database) {
        self.name = name
        self.database = database
    }

    /// The official digest of the data: SHA-256 of Python's `repr` of nested sorted tuples.
    ///
    /// Costs hashing all data; ``hasSameData(as:)`` compares two worlds of one origin far more cheaply.
    public var digest: String { database.digest(.sortedTuples) }

    /// Whether both worlds have equal digests, found by comparing only what has changed.
    public func hasSameData(as other: Tau1World) -> Bool { database.isEqual(to: other.database, in: .sortedTuples) }

    /// All data as one value.
    ///
    /// Costs the whole data.
    public var dump: JSONValue { database.dump }

    /// The tools of an environment, in official order.
    static func toolkit(of name: Tau1DomainName) -> Toolkit<Tau1World> {
        switch name {
        case .retail: Tau1RetailTools.toolkit
        case .airline: Tau1AirlineTools.toolkit
        }
    }

    /// What a tool does by the official classification, or nil where the environment has no such tool.
    public func toolKind(_ tool: String) -> ToolKind? {
        Self.toolkit(of: name).tool(named: tool)?.signature.kind
    }
}
