import Evaluation
import JSON

/// What `swebench_docker` says about an episode, and the files that it leaves.
struct JudgeReport {
    private static let listed = 50

    let instance: Instance
    /// Commands by which the agent looked for the fix.
    var historyPeeks: [String] = []
    /// How often the tests were run.
    var attempts = 0
    /// Attempts that the machine failed, in words.
    var failedAttempts: [String] = []
    /// Whether test runs disagreed.
    var isFlaky = false
    private var patch: JSONObject = [:]
    private var patchBytes: PatchBytes?

    private let folder: String

    /// Begins a report on an attempt at an instance.
    init(instance: Instance, trial: Int) {
        self.instance = instance
        folder = "logs/\(instance.id)" + (trial > 0 ? "-trial\(trial)" : "")
    }

    /// Notes what is known of the patch.
    mutating func describe(_ change: PredictedChange) {
        patchBytes = change.prepared
        let paths = change.original.changedPaths
        patch = [
            "source": .string(change.source.rawValue), "sha256": .string(change.original.sha256),
            "bytes": JSONValue(change.original.bytes.count), "files": Self.list(paths),
            "stripped_binary": Self.list(change.droppedBinary),
            "touched_tests": Self.list(TouchedTests.tests(in: paths)),
            "touched_runner_configuration": Self.list(TouchedTests.runnerConfiguration(in: paths)),
        ]
    }

    /// The verdict's output, under the names of the field.
    func output(for judging: Judging) -> JSONObject {
        var output: JSONObject = [
            "instance_id": .string(instance.id),
            "resolved": Self.isDecided(judging) ? .bool(judging.isResolved) : .null,
            "failure_reason": judging.reason.map { .string($0.rawValue) } ?? .null,
            "failure_class": judging.reason.map { .string($0.failureClass.rawValue) } ?? .null,
            "failure_detail": judging.detail.map { .string($0) } ?? .null, "patch": .object(patch),
            "attempts": JSONValue(attempts), "flaky": .bool(isFlaky), "history_peeks": Self.list(historyPeeks),
            "log_dir": .string(folder),
        ]
        if !failedAttempts.isEmpty { output["failed_attempts"] = Self.list(failedAttempts) }
        if let verdict = judging.verdict {
            output["resolved_lenient"] = .bool(verdict.isResolvedLeniently)
            output["missing_fail_to_pass"] = Self.list(verdict.missingFailToPass)
            output["missing_pass_to_pass"] = Self.list(verdict.missingPassToPass)
            output["extra_passed"] = JSONValue(verdict.extraPassed)
        }
        if let run = judging.run { output["run"] = Self.json(run) }
        return output
    }

    /// Whether the judging says anything about the patch.
    private static func isDecided(_ judging: Judging) -> Bool {
        judging.isResolved || judging.reason?.failureClass == .model
    }

    private static func json(_ run: JudgeRun) -> JSONValue {
        var stages: JSONObject = [:]
        for (stage, status) in run.stages.sorted(by: { $0.key < $1.key }) { stages[stage] = JSONValue(status) }
        let (seconds, attoseconds) = run.result.duration.components
        return [
            "exit_code": .int(Int64(run.result.exitCode)), "stages": .object(stages),
            "timed_out": .bool(run.result.timedOut), "oom_killed": .bool(run.result.ranOutOfMemory),
            "seconds": JSONValue(Double(seconds) + Double(attoseconds) * 1e-18),
        ]
    }

    /// A list that is not longer than a reader can use.
    private static func list(_ texts: [String]) -> JSONValue {
        .array(texts.prefix(listed).map { .string($0) })
    }

    /// Puts the patch, the logs and the verdict below `logs/INSTANCE`.
    ///
    /// Throws ``EvaluationError``, cause `gage`.
    func write(_ judging: Judging, to artifacts: any ArtifactStore) throws {
        let workspace = "\(folder)/workspace"
        if let patchBytes { _ = try artifacts.write(patchBytes.bytes, to: "\(workspace)/patch.diff") }
        for (name, bytes) in judging.run?.logs ?? [:] { _ = try artifacts.write(bytes, to: "\(workspace)/\(name)") }
        if let output = judging.run?.output { _ = try artifacts.write(output, to: "\(workspace)/output.json") }
        _ = try artifacts.write(
            JSONValue.object(output(for: judging)).bytes(.pretty) + [0x0A], to: "\(folder)/verdict.json")
    }
}
