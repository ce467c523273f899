public import Evaluation
import FoundationEssentials
import Glibc
public import JSON
import Storage

/// The directory of one experiment: `results/{name}_{YYYYmmdd_HHMMSS}`.
public struct StudyDirectory: Sendable, Hashable {
    /// Its path.
    public let path: String

    private init(path: String) { self.path = path }

    /// Makes the directory of a new experiment.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when the name is none or there is such a directory already.
    public static func create(in results: String, name: String, timestamp: String) throws(EvaluationError) -> Self {
        let path = try RunDirectory.location(in: results, runID: "\(name)_\(timestamp)")
        makeParent(of: path)
        guard mkdir(path, 0o755) == 0 else {
            let exists = errno == EEXIST
            throw EvaluationError(
                .storageFailed, "cannot make \(path): \(String(cString: strerror(errno)))",
                cause: exists ? .configuration : .gage,
                advice: exists ? "go on with it: gage experiment launch --resume \(path)" : nil)
        }
        return Self(path: path)
    }

    /// Opens the directory of an experiment, finished or not.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it is none.
    public static func open(_ path: String) throws(EvaluationError) -> Self {
        let directory = Self(path: path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path)
        let isOne = directory.has(Name.design) || directory.has(Name.aggregated)
        guard isOne else {
            throw EvaluationError(
                .dataMissing, "there is no experiment in \(path)", cause: .configuration,
                advice: "name a directory with an \(Name.design), such as results/my_study_20260314_091500")
        }
        return directory
    }

    /// Finds an experiment by its name, the newest one unless the time is given.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when there is none.
    public static func find(name: String, timestamp: String?, in results: String) throws(EvaluationError) -> Self {
        if let timestamp { return try open("\(results)/\(name)_\(timestamp)") }
        // No directory of results: nothing is there to be found.
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: results)) ?? []
        let own = entries.filter { entry in
            entry.hasPrefix("\(name)_") && isTimestamp(entry.dropFirst(name.count + 1))
        }
        guard let newest = own.max() else {
            throw EvaluationError(
                .dataMissing, "there is no experiment '\(name)' in \(results)", cause: .configuration,
                advice: NearMiss.hint(name, among: entries.map { String($0.dropLast(16)) }))
        }
        return try open("\(results)/\(newest)")
    }

    /// `20260314_091500`.
    static func isTimestamp(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 15 && bytes[8] == UInt8(ascii: "_")
            && bytes.enumerated().allSatisfy { $0 == 8 || (48...57).contains($1) }
    }

    /// The local time in the form that experiments are named by.
    public static func timestamp(secondsSince1970 seconds: Double) -> String {
        var moment = time_t(seconds)
        var parts = tm()
        localtime_r(&moment, &parts)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let day = "\(parts.tm_year + 1900)\(two(parts.tm_mon + 1))\(two(parts.tm_mday))"
        return "\(day)_\(two(parts.tm_hour))\(two(parts.tm_min))\(two(parts.tm_sec))"
    }

    private static func makeParent(of path: String) {
        guard let cut = path.lastIndex(of: "/"), cut > path.startIndex else { return }
        // Where this fails, making the directory itself does, and says why.
        try? FileManager.default.createDirectory(
            atPath: String(path[..<cut]), withIntermediateDirectories: true)
    }
}

extension StudyDirectory {
    /// The names of an experiment's files.
    public enum Name {
        /// The design.
        public static let design = "experiment_config.json"
        /// What gage runs.
        public static let configuration = "gage.yaml"
        /// The run's id, and so its directory.
        public static let run = "run"
        /// The episodes as one table.
        public static let aggregated = "aggregated_results.json"
        /// The analysis.
        public static let results = "results.json"
        /// The analysis for a person.
        public static let report = "report.html"
        /// The analysis in the older program's file names.
        public static let analysis = "analysis"
        /// The conversations' measures.
        public static let conversations = "conversations.json"
    }

    /// The path of a file of the experiment.
    public func place(_ name: String) -> String { "\(path)/\(name)" }

    /// Whether a file is there.
    public func has(_ name: String) -> Bool { access(place(name), F_OK) == 0 }

    /// Writes a file whole or not at all.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public func write(_ text: String, to name: String) throws(EvaluationError) {
        try RunDirectory.writeReport(Array(text.utf8), to: place(name))
    }

    /// Writes a value whole or not at all.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public func write(_ value: JSONValue, to name: String) throws(EvaluationError) {
        try write(value.text(.pretty) + "\n", to: name)
    }

    /// Reads a JSON file of the experiment.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it is not there or no JSON.
    public func json(_ name: String) throws(EvaluationError) -> JSONValue {
        guard let data = FileManager.default.contents(atPath: place(name)) else {
            throw EvaluationError(.dataMissing, "\(place(name)) cannot be read", cause: .configuration)
        }
        do {
            return try JSONValue.parse(bytes: [UInt8](data))
        } catch {
            throw EvaluationError(
                .dataMalformed, "\(place(name)) is not JSON", cause: .configuration, underlying: error)
        }
    }

    /// The experiment's design.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it cannot be read.
    public func design() throws(EvaluationError) -> StudyDesign { try StudyDesign(json: try json(Name.design)) }

    /// The run directories that hold the episodes, by worker: one for each shard, or the whole run's as worker 1.
    public var runs: [(worker: Int, path: String)] {
        let root = place(Name.run)
        // Shards in a folder that cannot be looked into cannot be read either.
        let shards = (try? RunDirectory.shards(of: root)) ?? []
        var found = shards.filter { RunDirectory.hasJournal($0.path) }.map { (worker: $0.shard.number, path: $0.path) }
        if found.isEmpty, RunDirectory.hasJournal(root) { found.append((1, root)) }
        return found.sorted { ($0.worker, $0.path) < ($1.worker, $1.path) }
    }
}
