import Evaluation
import Storage
import Synchronization

/// The runs of a directory.
final class RunShelf: Sendable {
    private let directory: String
    private let cacheDirectory: String
    /// Protects the runs that were seen so far.
    private let known = Mutex<[String: ShelvedRun]>([:])

    init(directory: String, cacheDirectory: String) {
        self.directory = directory
        self.cacheDirectory = cacheDirectory
    }

    /// Every run that is there now: of the directory itself, or of those in it; of a run in shards that are not merged,
    /// the shards.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the directory cannot be read.
    func runs() throws(EvaluationError) -> [ShelvedRun] {
        if RunDirectory.hasJournal(directory) { return [shelved(ownKey, directory)] }
        return try RunDirectory.journals(in: directory).map { shelved($0.name, $0.path) }
    }

    /// The run that a key stands for.
    ///
    /// Throws ``ViewerProblem`` where there is none: a key is looked for among the runs, and never followed as a path.
    func run(_ key: String) throws -> ShelvedRun {
        if let run = known.withLock({ $0[key] }), RunDirectory.hasJournal(run.path) { return run }
        guard let run = try runs().first(where: { $0.key == key }) else {
            throw ViewerProblem.notFound("There is no run '\(key)' here.")
        }
        return run
    }

    /// The directory's own name, for a viewer of one run.
    private var ownKey: String {
        // A directory with a journal can be opened; the name hardly matters where it is gone meanwhile.
        (try? RunDirectory.open(directory).runID) ?? "run"
    }

    private func shelved(_ key: String, _ path: String) -> ShelvedRun {
        known.withLock { known in
            if let run = known[key] { return run }
            let run = ShelvedRun(key: key, path: path, cacheDirectory: cacheDirectory)
            known[key] = run
            return run
        }
    }
}
