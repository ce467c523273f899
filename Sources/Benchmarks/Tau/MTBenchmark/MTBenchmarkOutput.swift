public import Evaluation
import FoundationEssentials
import Glibc
public import JSON

/// Writes the MT-benchmark's output of a run: `data/{dataset_name}_{timestamp}/` with trajectories and scores.
///
/// Everything follows from the run's journal, so the output can be made again at any time, of a run that goes on too. The
/// same run always gets the same directory; two runs that began in one second get two.
public struct MTBenchmarkOutput: Sendable {
    /// The run's id.
    public let runID: String
    /// When the run began, in seconds since 1970.
    public let startedAt: Double
    /// The model under test, by its whole name.
    public let model: String
    /// Where output directories are made.
    public let dataDirectory: String

    /// What was written.
    public struct Result: Sendable {
        /// The output directory.
        public var directory: String
        /// The file with the scores.
        public var scoresPath: String
        /// The scores, in the order of tasks and trials.
        public var scores: [MTBenchmarkScore]
    }

    /// Describes a run.
    public init(runID: String, startedAt: Double, model: String, dataDirectory: String = "data") {
        self.runID = runID
        self.startedAt = startedAt
        self.model = model
        self.dataDirectory = dataDirectory
    }

    /// Writes the output of these episodes, one in memory at a time.
    ///
    /// `forEach` gives the run's episodes in the order of tasks and trials; those that are not of τ-bench are passed over.
    /// Each file is written whole or not at all. Throws what `forEach` throws, and ``EvaluationError`` (`gage.storage`).
    public func write(
        _ forEach: ((EpisodeRecord) throws -> Void) throws -> Void
    ) throws -> Result {
        let directory = try makeDirectory()
        var scores: [MTBenchmarkScore] = []
        try forEach { record in
            guard let score = try MTBenchmarkScore(record) else { return }
            scores.append(score)
            let lines = try MTBenchmarkScore.messages(of: record)
            guard !lines.isEmpty else { return }
            let name = MTBenchmarkNames.trajectory(model: model, task: String(score.task), trial: score.trial)
            try Self.write(lines, to: "\(directory)/\(name)")
        }
        let scoresPath = "\(directory)/\(MTBenchmarkNames.scores(model: model))"
        try Self.write(Self.lines(of: scores), to: scoresPath)
        return Result(directory: directory, scoresPath: scoresPath, scores: scores)
    }

    /// The lines of the scores; they name the attempt where there are several.
    public static func lines(of scores: [MTBenchmarkScore]) -> [JSONValue] {
        let withTrial = scores.contains { $0.trial > 0 }
        return scores.map { .object($0.json(withTrial: withTrial)) }
    }

    // MARK: The directory

    /// The file in an output directory that says whose it is.
    private static let mark = "gage_run.json"

    /// Finds the run's directory, or makes it.
    private func makeDirectory() throws(EvaluationError) -> String {
        do {
            try FileManager.default.createDirectory(atPath: dataDirectory, withIntermediateDirectories: true)
        } catch {
            throw Self.failure(dataDirectory, error)
        }
        for number in 1...Self.mostInOneSecond {
            let name = MTBenchmarkNames.directory(
                dataset: MTBenchmarkInput.dataset, startedAt: startedAt, number: number)
            let path = "\(dataDirectory)/\(name)"
            if try owner(of: path) == runID { return path }
            if access(path, F_OK) != 0, try claim(path) { return path }
        }
        throw EvaluationError(
            .storageFailed, "\(dataDirectory) has too many directories of one second", cause: .gage)
    }

    private static let mostInOneSecond = 100_000

    /// The run that a directory is of; nil when it is not there or says nothing.
    private func owner(of path: String) throws(EvaluationError) -> String? {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(Self.mark)") else { return nil }
        do {
            return try JSONValue.parse(bytes: [UInt8](data))["run_id"]?.stringValue
        } catch {
            // Somebody else's file of that name: not ours.
            return nil
        }
    }

    /// Makes a directory that says from its first moment whose it is; false when another run was faster.
    private func claim(_ path: String) throws(EvaluationError) -> Bool {
        let temporary = "\(dataDirectory)/.\(runID).\(getpid()).\(UInt64.random(in: 0 ... .max)).tmp"
        guard mkdir(temporary, 0o777) == 0 else { throw Self.failure(temporary, nil) }
        let mark: JSONObject = ["run_id": .string(runID), "model": .string(model)]
        try Self.write([.object(mark)], to: "\(temporary)/\(Self.mark)")
        // Fails for a directory that is there already, as it has a file in it.
        if rename(temporary, path) == 0 { return true }
        let number = errno
        unlink("\(temporary)/\(Self.mark)")
        rmdir(temporary)
        guard number == ENOTEMPTY || number == EEXIST || number == ENOTDIR else { throw Self.failure(path, nil) }
        return false
    }

    private static func write(_ lines: [JSONValue], to path: String) throws(EvaluationError) {
        var bytes: [UInt8] = []
        for line in lines { bytes += line.bytes() + [UInt8(ascii: "\n")] }
        try TauFiles.write(bytes, to: path)
    }

    private static func failure(_ path: String, _ error: (any Error)?) -> EvaluationError {
        EvaluationError(.storageFailed, "\(path) cannot be written", cause: .gage, underlying: error)
    }
}
