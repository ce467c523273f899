public import Evaluation
import JSON

/// Keeps the tasks that got a reference trajectory.
public struct PauseTaskExtraction: Sendable {
    /// Where the generated tasks are.
    public let tasks: String
    /// Where the annotated logs are.
    public let annotatedLogs: String
    /// Where the tasks that are kept go.
    public let output: String

    /// What was done.
    public struct Result: Sendable, Hashable {
        /// Files that were written.
        public var files: [String] = []
        /// Tasks that were kept, and tasks in all.
        public var kept = 0, total = 0
    }

    /// Describes an extraction.
    public init(tasks: String, annotatedLogs: String, output: String) {
        self.tasks = tasks
        self.annotatedLogs = annotatedLogs
        self.output = output
    }

    /// Writes each task file with the tasks alone whose annotation did not fail, under the same relative path.
    ///
    /// A kept task names its annotated log in `annotated_log_path`, relative to the folder of `output`, and has the targets
    /// that the reference reached. A file without such tasks is not written. Throws ``EvaluationError``.
    public func run() throws(EvaluationError) -> Result {
        guard PauseFiles.isDirectory(annotatedLogs) else {
            throw EvaluationError(
                .dataMissing, "there is no directory of annotated logs at \(annotatedLogs)", cause: .configuration,
                advice: "make them with 'gage pause annotate-trajs'")
        }
        var result = Result()
        let paths = try PauseTasksLoader.files([tasks], in: ".").map(Self.plain)
        let root = PauseFiles.isDirectory(tasks) ? Self.plain(tasks) : PauseFiles.folder(of: Self.plain(tasks))
        for path in paths {
            var file = try PauseTaskLibrary.read(path)
            result.total += file.tasks.count
            var kept: [(branch: String, tasks: [PauseTask])] = []
            for (branch, tasks) in file.tasksByBranch {
                let good = tasks.enumerated().compactMap { index, task in
                    annotated(task, PauseTaskPlace(path: path, branch: branch, index: index))
                }
                if !good.isEmpty { kept.append((branch, good)) }
            }
            guard !kept.isEmpty else { continue }
            file.tasksByBranch = kept
            result.kept += file.tasks.count
            let relative =
                path.hasPrefix("\(root)/") ? String(path.dropFirst(root.count + 1)) : PauseFiles.name(of: path)
            let target = "\(output)/\(relative)"
            try PauseFiles.write(file.json, to: target)
            result.files.append(target)
        }
        return result
    }

    /// The task with its reference; nil when it has none.
    private func annotated(_ task: PauseTask, _ place: PauseTaskPlace) -> PauseTask? {
        let path = "\(annotatedLogs)/\(place.logName).json"
        guard let json = PauseFiles.objectIfReadable(path), PauseAnnotatedLog(json).isSelected else { return nil }
        var task = task
        task.annotatedLogPath = Self.relative(path, to: PauseFiles.folder(of: output))
        task.extras["original_index"] = JSONValue(place.index)
        if let indices = json["target_indices"]?.arrayValue?.compactMap(\.intValue) {
            task.extras["original_targets"] = .array(task.targets)
            task.gold = task.gold?.keeping(targets: indices)
            task.targets = indices.filter(task.targets.indices.contains).map { task.targets[$0] }
        }
        return task
    }

    /// A path below a directory relative to it; any other as it is.
    static func relative(_ path: String, to directory: String) -> String {
        let (path, root) = (plain(path), plain(directory))
        return path.hasPrefix("\(root)/") ? String(path.dropFirst(root.count + 1)) : path
    }

    /// A path without `./` before and slashes after it.
    private static func plain(_ path: String) -> String {
        var path = path[...]
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        return String(path)
    }
}

extension PauseGold {
    /// The solution for the targets at these places alone; what other targets asked for is only the way there.
    func keeping(targets places: [Int]) -> PauseGold {
        let renumbered = Dictionary(
            places.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var gold = self
        for index in gold.toolCalls.indices {
            gold.toolCalls[index].target = gold.toolCalls[index].target.flatMap { renumbered[$0] }
        }
        for index in gold.finalState.indices {
            gold.finalState[index].target = gold.finalState[index].target.flatMap { renumbered[$0] }
        }
        gold.answers = gold.answers.compactMap { answer in
            guard let place = renumbered[answer.target] else { return nil }
            var answer = answer
            answer.target = place
            return answer
        }
        return gold
    }
}
