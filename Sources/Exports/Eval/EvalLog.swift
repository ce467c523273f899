import Compression
import Evaluation
import JSON
import Statistics
public import Storage

/// A task of a run as a `.eval` log, which inspect's viewer and tools open.
///
/// One log holds one task; trials are epochs. Episodes are written one at a time.
public struct EvalLog: Sendable {
    private let run: ExportedRun
    private let task: TaskMetadata

    /// Prepares the log of a task.
    public init(_ run: ExportedRun, task: TaskMetadata) {
        self.run = run
        self.task = task
    }

    /// The name that inspect gives to such a file: `2026-03-01T12-30-45+00-00_task_id.eval`.
    public var fileName: String {
        let moment = TimeStamp.offset(run.metadata.startedAt).replacing(":", with: "-")
        let name = String(task.id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return "\(moment)_\(name)_\(identifier(for: "task")).eval"
    }

    /// Writes the log.
    ///
    /// Throws what `write` throws, ``EvaluationError`` when the journal cannot be read, and an error of compression.
    public func write(_ write: ([UInt8]) throws -> Void) throws {
        var archive = ZipWriter()
        var census = EvalCensus()
        try run.journal.forEachEpisode(inTask: task.id) { stored in
            let sample = sample(of: stored.record)
            guard census.add(stored.record, memberName: sample.memberName) else {
                throw EvaluationError(
                    .dataMalformed, "two samples of task '\(task.id)' are both called '\(stored.record.id.sample)'",
                    cause: .task)
            }
            try archive.add(sample.memberName, sample.json.bytes(.compact))
            try write(archive.take())
        }
        try writeSummaries(to: &archive, census, write)
        let header = EvalHeader(run: run, task: task, census: census, identifier: identifier)
        try archive.add("_journal/start.json", header.start.bytes(.compact))
        try archive.add("header.json", header.json.bytes(.compact))
        try archive.finish()
        try write(archive.take())
    }

    private func sample(of record: EpisodeRecord) -> EvalSample {
        EvalSample(record: record, annotations: run.annotations[record.id] ?? EpisodeAnnotations())
    }

    /// The list of samples: those that are in the log, also where the run went on meanwhile.
    private func writeSummaries(
        to archive: inout ZipWriter, _ census: EvalCensus, _ write: ([UInt8]) throws -> Void
    ) throws {
        try archive.begin("summaries.json")
        var separator = "["
        try run.journal.forEachEpisode(inTask: task.id, detail: .withoutTrajectory) { stored in
            let sample = sample(of: stored.record)
            guard census.has(sample.memberName) else { return }
            try archive.append(Array(separator.utf8) + sample.summary.bytes(.compact))
            separator = ",\n"
            try write(archive.take())
        }
        try archive.append(Array((separator == "[" ? "[]" : "]").utf8))
        try archive.end()
    }

    /// An id as inspect makes them, the same for the same run, task and purpose.
    private func identifier(for purpose: String) -> String {
        let text = "\(run.metadata.runID)\u{1}\(task.id)\u{1}\(purpose)\u{1}\(run.metadata.startedAt)"
        return String(sha256Hex(Array(text.utf8)).prefix(22))
    }
}
