import Datasets
public import Evaluation

/// Where the files of a task set lie.
public struct Tau2DataDirectory: Sendable, Hashable {
    /// The directory that the user named.
    public let root: String
    /// The folder with the set's tasks and data.
    public let domainFolder: String

    /// Finds the set's folder below a data directory.
    ///
    /// The official layout `tau2/domains/<set>` is known, as are `domains/<set>`, `data/tau2/domains/<set>` of a
    /// checkout, and `<set>` itself. Throws ``EvaluationError``, cause `configuration`, listing the places.
    public init(root: String, taskSet: Tau2TaskSet) throws(EvaluationError) {
        self.root = root
        let candidates = ["tau2/domains", "domains", "data/tau2/domains", ""].map { middle in
            middle.isEmpty ? "\(root)/\(taskSet.folder)" : "\(root)/\(middle)/\(taskSet.folder)"
        }
        guard let found = candidates.first(where: { Tau2Files.exists($0 + "/tasks.json") }) else {
            throw EvaluationError(
                .dataMissing, "no tau2 data for '\(taskSet.name)' below \(root)", cause: .configuration,
                advice:
                    "\(DataPackage.tau2.howToGet(into: root)), or let 'data_dir' or TAU2_DATA_DIR say where they are; "
                    + "looked for tasks.json in \(candidates.joined(separator: ", "))")
        }
        domainFolder = found
    }

    /// The path of a file in the set's folder.
    func path(_ name: String) -> String { "\(domainFolder)/\(name)" }

    /// The path of a file of the user simulator, beside the domains or beside their folder; nil when there is none.
    func userSimulatorFile(_ name: String) -> String? {
        ["\(domainFolder)/../user_simulator/\(name)", "\(domainFolder)/../../user_simulator/\(name)"]
            .first(where: Tau2Files.exists)
    }

    /// The data directory that holds where a configuration names none.
    ///
    /// `TAU2_DATA_DIR`, else `local-datasets/official/tau2` if it is there, else `local-datasets/tau2`.
    public static func resolve(
        _ configured: String?, environment: [String: String], baseDirectory: String
    ) -> String {
        if let chosen = configured ?? environment["TAU2_DATA_DIR"] {
            return chosen.hasPrefix("/") ? chosen : "\(baseDirectory)/\(chosen)"
        }
        let official = "\(baseDirectory)/local-datasets/official/tau2"
        return Tau2Files.isDirectory(official) ? official : "\(baseDirectory)/local-datasets/tau2"
    }
}
