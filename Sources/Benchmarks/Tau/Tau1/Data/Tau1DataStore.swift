public import Evaluation

/// The environments of the original τ-bench that were loaded in this process, each once.
///
/// Owned by a kit and shared by its loaders, sandboxes and judges; what it gives out never changes.
public actor Tau1DataStore {
    private struct Key: Hashable {
        var name: Tau1DomainName
        var root: String
    }

    private var domains: [Key: Tau1Domain] = [:]

    /// A store that has loaded nothing.
    public init() {}

    /// The environment below a data directory, loaded at the first call.
    ///
    /// Throws ``EvaluationError``; a failure is not kept, so that the next call looks again.
    public func domain(_ name: Tau1DomainName, dataDirectory root: String) throws(EvaluationError) -> Tau1Domain {
        let key = Key(name: name, root: root)
        if let known = domains[key] { return known }
        let domain = try Tau1Domain(name, in: try Tau1DataDirectory(root: root, domain: name))
        domains[key] = domain
        return domain
    }

    /// The environment of that name below a data directory, loaded at the first call.
    ///
    /// Throws ``EvaluationError``, with a near miss where there is no such environment.
    public func domain(named name: String, dataDirectory root: String) throws(EvaluationError) -> Tau1Domain {
        try domain(Tau1DomainName(named: name), dataDirectory: root)
    }
}
