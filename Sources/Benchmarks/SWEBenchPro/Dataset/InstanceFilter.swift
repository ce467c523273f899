import Evaluation

/// Which instances a run takes.
struct InstanceFilter: Sendable {
    /// The ids that are kept; nil keeps all.
    var ids: Set<String>?
    /// The repositories that are kept; empty keeps all.
    var repositories: Set<String> = []
    /// The languages that are kept; empty keeps all.
    var languages: Set<String> = []

    /// Why an instance is left out; nil when it is kept.
    func reasonAgainst(_ instance: Instance) -> String? {
        if let ids, !ids.contains(instance.id) { return "not among the chosen instances" }
        if !repositories.isEmpty, !repositories.contains(instance.repository.lowercased()) {
            return "not of the chosen repositories"
        }
        if !languages.isEmpty, !languages.contains((instance.language ?? "").lowercased()) {
            return "not in the chosen languages"
        }
        return nil
    }

    /// The ids in a list of one id a line; blank lines and lines that begin with # count for nothing.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when the list names nothing: a filter that is empty by mistake
    /// must not turn into none.
    static func ids(inList text: String, named file: String) throws(EvaluationError) -> Set<String> {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces() }
        let ids = Set(lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
        guard !ids.isEmpty else {
            throw EvaluationError(.dataMalformed, "the list of instances '\(file)' is empty", cause: .configuration)
        }
        return ids
    }
}
