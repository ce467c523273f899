public import Evaluation
import JSON
import Synchronization

/// Writes logs off the journal: one file for each task, once all its trajectories are there.
public final class PauseLogExport: Sendable {
    /// The trajectories of one task so far, and what the file needs besides.
    private struct Pending {
        var facts: PauseSampleFacts
        var trajectories: [Place: JSONObject] = [:]
    }

    /// The place of a trajectory among those of its task.
    private struct Place: Hashable, Comparable {
        var route: Int
        var trial: Int

        static func < (left: Self, right: Self) -> Bool { (left.route, left.trial) < (right.route, right.trial) }
    }

    private struct State {
        var pending: [String: Pending] = [:]
        var written: Set<String> = []
        var files: [String: PauseTaskFile] = [:]
        var failure: EvaluationError?
    }

    private let directory: String
    private let trajectoriesPerTask: Int
    private let skipped: Set<String>
    /// Protects what was collected so far; episodes are committed one after another, and a file is written by one at a time.
    private let state = Mutex(State())

    /// Writes into a directory, except for the logs to skip; each task has so many trajectories.
    public init(directory: String, trajectoriesPerTask: Int, skipping: Set<String> = []) {
        self.directory = directory
        skipped = skipping
        self.trajectoriesPerTask = max(1, trajectoriesPerTask)
    }

    /// The names of the logs that were written.
    public var written: Set<String> { state.withLock(\.written) }

    /// Whether a log is there and can be read.
    public static func isReadable(_ path: String) -> Bool { PauseFiles.objectIfReadable(path)?["trajs"] != nil }

    /// Whether a log has a trajectory that failed through somebody else's fault, so that another attempt can mend it.
    public static func hasFailure(_ path: String) -> Bool {
        (PauseFiles.objectIfReadable(path)?["trajs"]?.arrayValue ?? []).contains { $0["error"] != nil }
    }

    /// Why a log could not be written; nil while all could.
    public var failure: EvaluationError? { state.withLock(\.failure) }

    /// Takes an episode of the run; writes its task's log when it was the last that was missing.
    ///
    /// Episodes of anything else are passed over. What fails is kept in ``failure``.
    public func add(_ record: EpisodeRecord) {
        state.withLock { state in
            do throws(EvaluationError) {
                try add(record, to: &state)
            } catch {
                state.failure = state.failure ?? error
            }
        }
    }

    private func add(_ record: EpisodeRecord, to state: inout State) throws(EvaluationError) {
        guard record.sample["metadata"]?["pause"]?["route"] != nil, !Self.isOfWrongConfiguration(record) else { return }
        let facts = try PauseSampleFacts(record.sample, id: record.id.sample)
        let name = facts.place.logName
        guard !state.written.contains(name), !skipped.contains(name) else { return }
        var pending = state.pending[name] ?? Pending(facts: facts)
        let place = Place(route: facts.routeNumber, trial: record.id.trial)
        var trajectory = Self.trajectory(of: record, facts)
        let plots = try writePlots(of: record, to: "plots/\(name)/\(place.route)_\(place.trial)")
        if !plots.isEmpty { trajectory["plots"] = .array(plots.map { .string($0) }) }
        pending.trajectories[place] = trajectory
        guard pending.trajectories.count >= trajectoriesPerTask else {
            state.pending[name] = pending
            return
        }
        state.pending[name] = nil
        let file: PauseTaskFile
        if let known = state.files[facts.place.path] {
            file = known
        } else {
            file = try PauseTaskLibrary.read(facts.place.path)
            state.files[facts.place.path] = file
        }
        let ordered = pending.trajectories.sorted { $0.key < $1.key }.map(\.value)
        let log = PauseLogFile.make(
            task: facts.task, branch: facts.place.branch, meta: file.storeMeta,
            profile: file.profile(for: facts.place.branch), trajectories: ordered)
        try PauseFiles.write(.object(log), to: "\(directory)/\(name).json")
        state.written.insert(name)
    }

    /// Whether a dialogue was not begun because the run is set up wrongly: a log of it would hide it from the corrected run.
    private static func isOfWrongConfiguration(_ record: EpisodeRecord) -> Bool {
        if case .errored(let error) = record.outcome { return error.cause == .configuration }
        return false
    }

    /// Writes the plots that the assistant made, and returns their paths below the logs.
    private func writePlots(of record: EpisodeRecord, to folder: String) throws(EvaluationError) -> [String] {
        var paths: [String] = []
        for plot in record.prediction?.artifacts["plots"]?.arrayValue ?? [] {
            guard let id = plot["id"]?.stringValue, let drawing = plot["svg"]?.stringValue else { continue }
            let path = "\(folder)/\(id).svg"
            try PauseFiles.write(text: drawing, to: "\(directory)/\(path)")
            paths.append(path)
        }
        return paths
    }

    private static func trajectory(of record: EpisodeRecord, _ facts: PauseSampleFacts) -> JSONObject {
        let writer = PauseTrajectoryWriter(
            trajectory: record.trajectory, artifacts: record.prediction?.artifacts ?? facts.route.logFields,
            task: facts.task)
        if record.prediction == nil, case .errored(let error) = record.outcome {
            return writer.json(failedWith: error)
        }
        return writer.json
    }
}
