public import Evaluation
import FoundationEssentials
import JSON

extension Tau2Results {
    /// How results lie on disk.
    public enum Layout: String, Sendable, Hashable, CaseIterable {
        /// One file with everything.
        case file = "json"
        /// `results.json` without the runs, and a file for each run in `simulations/`.
        case directory = "dir"
    }

    private static let folder = "simulations"

    /// Reads results of either layout: a file, or a directory with `results.json`.
    ///
    /// Throws ``EvaluationError`` when something is missing, left over or broken.
    public init(path: String) throws(EvaluationError) {
        let isDirectory = Tau2Files.isDirectory(path)
        let file = isDirectory ? "\(path)/results.json" : path
        let runs = (isDirectory ? path : TauFiles.folder(of: path)) + "/" + Self.folder
        let json = try Tau2Files.json(file)
        try self.init(json: json)
        // A file that holds its runs itself is whole, whatever lies beside it.
        guard simulations.isEmpty, Tau2Files.isDirectory(runs) else { return }
        let names = try Self.names(in: runs)
        try Self.check(names, against: json["simulation_index"], of: file)
        simulations = []
        for name in names {
            simulations.append(try Tau2SimulationRun(json: try Tau2Files.json("\(runs)/\(name).json")))
        }
    }

    /// Writes results; for ``Layout/directory``, `path` is the directory.
    ///
    /// Each file is written whole or not at all. Throws ``EvaluationError`` (`gage.storage`).
    public func write(to path: String, as layout: Layout = .file) throws(EvaluationError) {
        switch layout {
        case .file:
            try TauFiles.write(json.bytes(.pretty), to: path)
        case .directory:
            var head = head
            head["simulation_index"] = .array(simulations.map(\.indexEntry))
            for run in simulations {
                try TauFiles.write(run.json.bytes(.pretty), to: "\(path)/\(Self.folder)/\(run.id).json")
            }
            try TauFiles.write(JSONValue.object(head).bytes(.pretty), to: "\(path)/results.json")
        }
    }

    private static func names(in folder: String) throws(EvaluationError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
        } catch {
            throw EvaluationError(.dataMissing, "\(folder) cannot be read", cause: .task, underlying: error)
        }
    }

    private static func check(
        _ names: [String], against index: JSONValue?, of file: String
    ) throws(EvaluationError) {
        guard let entries = index?.arrayValue else { return }
        let indexed = Set(entries.compactMap { $0["id"]?.stringValue })
        let missing = indexed.subtracting(names).sorted()
        let extra = Set(names).subtracting(indexed).sorted()
        guard missing.isEmpty, extra.isEmpty else {
            throw EvaluationError(
                .dataMalformed,
                "\(file) does not fit its runs: missing \(missing.prefix(5)), not in the index \(extra.prefix(5))",
                cause: .task)
        }
    }
}
