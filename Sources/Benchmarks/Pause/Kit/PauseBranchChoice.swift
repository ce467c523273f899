import Evaluation

/// The branches that a configuration asks for: `all`, none for all, or some.
struct PauseBranchChoice: Sendable, Hashable {
    private let names: [String]

    init(_ names: [String]) { self.names = names }

    /// Whether a branch is among them.
    func contains(_ branch: String) -> Bool { names.isEmpty || names.contains("all") || names.contains(branch) }

    /// Reports names that are no branch.
    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        let known = PauseBranch.allCases.map(\.rawValue)
        for name in names where name != "all" && !known.contains(name) {
            diagnostics.error(
                "there is no branch '\(name)'", at: node, advice: NearMiss.advice(name, among: known + ["all"]))
        }
    }
}
