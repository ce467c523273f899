import Glibc

/// Programs that parts of gage start, where they are.
enum ProgramCheck {
    /// A program, and what needs it.
    private static let known: [(names: [String], purpose: String)] = [
        (["python3"], "judges and policies in Python"),
        (["git"], "patches of SWE-bench Pro outside of containers"),
        (["bwrap"], "local sandboxes without Docker"),
        (["chromium", "chromium-browser", "google-chrome"], "tests of the report and the viewer"),
        (["sbatch"], "`gage submit --engine slurm`"),
        (["kubectl"], "manifests of `gage submit --engine kubernetes`"),
    ]

    /// Where each known program is; a missing one is no fault.
    static func findings(path: String) -> [Finding] {
        known.map { names, purpose in
            let found = names.lazy.compactMap { find($0, path: path) }.first
            return .ok(names[0], found ?? "not here; only \(purpose) need\(purpose.contains(" and ") ? "" : "s") it")
        }
    }

    /// The file of a program; nil where there is none.
    static func find(_ name: String, path: String) -> String? {
        path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
