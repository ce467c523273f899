import Evaluation

/// Finds the files of templates.
struct TemplateLibrary: Sendable {
    static let folder = "config/builtin_templates"
    private static let newestKnown = 64

    let resolver: PathResolver

    /// The file of a template that a `base_task` names; nil when there is none.
    ///
    /// `version` is one of V1, v1 and 1; nil means the newest.
    func file(of task: String, version: String?) -> String? {
        guard task.hasPrefix("builtin/") else { return resolver.existing(task) }
        let name = task.dropFirst("builtin/".count)
        guard !name.isEmpty, !name.contains("..") else { return nil }
        if let version {
            return resolver.existing("\(Self.folder)/\(name)/\(Self.folded(version)).yaml")
        }
        return (1...Self.newestKnown).reversed().lazy
            .compactMap { resolver.existing("\(Self.folder)/\(name)/v\($0).yaml") }.first
    }

    /// Where a template would have been found.
    func expectation(of task: String, version: String?) -> String {
        guard task.hasPrefix("builtin/") else { return resolver.candidates(task).joined(separator: ", ") }
        let file = "\(Self.folder)/\(task.dropFirst("builtin/".count))/\(version.map(Self.folded) ?? "vN").yaml"
        return resolver.candidates(file).joined(separator: ", ")
    }

    /// A version as templates' files are called: `V2` and `2` are `v2`.
    static func folded(_ version: String) -> String {
        let lower = version.lowercased()
        return lower.hasPrefix("v") ? lower : "v\(lower)"
    }
}
