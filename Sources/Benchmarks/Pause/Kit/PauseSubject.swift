import Evaluation
import JSON

/// One trajectory that is to be judged, wherever it comes from: the dialogue of this episode, or a log that was read.
struct PauseSubject {
    /// What a trajectory is compared with.
    struct Reference {
        /// The assistant's calls.
        var calls: [PauseGold.Call]
        /// What the reference did, in words.
        var summary = ""
        /// Its final state, where it is known.
        var state: StateCheck?
    }

    let task: PauseTask
    let branch: String
    /// What happened.
    let log: PauseTrajectoryLog
    /// The trajectory in the shape of the log files.
    let trajectory: JSONObject
    /// What to compare with; nil where there is nothing.
    let reference: Reference?
    /// Which task and models it is of.
    let identity: JSONObject
    /// Why nobody can judge it, as a category and a sentence; nil where somebody can.
    var obstacle: (category: String, reason: String)?

    /// Reads an episode.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it has no trajectory.
    init(_ episode: Episode, library: PauseTaskLibrary) async throws {
        if episode.sample.gold["pause_evaluation"] != nil {
            try await self.init(stored: episode.sample, library: library)
        } else {
            try await self.init(finished: episode, library: library)
        }
        if obstacle == nil, PauseTrajectoryReader(trajectory).isInfrastructureFailure {
            obstacle = ("not_evaluable", "the trajectory failed: \(log.terminationReason ?? "")")
        }
    }

    /// The dialogue of this episode.
    private init(finished episode: Episode, library: PauseTaskLibrary) async throws {
        let facts = try PauseSampleFacts(episode.sample)
        guard let termination = episode.trajectory.termination, let prediction = episode.prediction else {
            throw EvaluationError(
                .judgeFailed, "the episode has no finished dialogue to judge", cause: .configuration,
                advice: "run 'pause_bootstrap' and an agent before the judge")
        }
        task = facts.task
        branch = facts.place.branch
        let initial = try await library.profile(file: facts.place.path, branch: branch)
        let changes = prediction.artifacts["profile_changes"]?.objectValue ?? [:]
        log = PauseTrajectoryLog(
            events: PauseTrajectoryLog.events(of: episode.trajectory),
            gateTrace: (prediction.artifacts["gate_trace"]?.arrayValue ?? []).compactMap(GateRecord.init(json:)),
            initialProfile: .object(initial),
            finalProfile: .object(PauseProfileChanges.apply(changes, to: initial)),
            terminationReason: termination.isRegularInPause ? nil : termination.rawValue)
        trajectory =
            PauseTrajectoryWriter(
                trajectory: episode.trajectory, artifacts: prediction.artifacts, task: task
            ).json
        reference = task.gold.map { Reference(calls: $0.toolCalls) }
        identity = Self.identity(
            facts.task, branch: branch, log: facts.place.logName, assistant: facts.route.assistantModel,
            user: facts.route.userModel)
    }

    /// A trajectory of a log.
    private init(stored sample: Sample, library: PauseTaskLibrary) async throws {
        guard let metadata = sample.metadata["pause"], let path = metadata["file"]?.stringValue,
            let branch = metadata["branch"]?.stringValue, let gold = sample.gold["pause_task"],
            let evaluation = sample.gold["pause_evaluation"]
        else {
            throw EvaluationError(
                .dataMalformed, "sample '\(sample.id)' is no trajectory of PAUSE", cause: .configuration,
                advice: "load it with 'pause_evaluations'")
        }
        task = try PauseTask(json: gold, branch: branch)
        self.branch = branch
        trajectory = evaluation["trajectory"]?.objectValue ?? [:]
        let reader = PauseTrajectoryReader(trajectory)
        log = reader.log(initialProfile: try await library.profile(file: path, branch: branch))
        reference =
            evaluation["reference"].map { Reference(json: $0) } ?? task.gold.map { Reference(calls: $0.toolCalls) }
        identity = Self.identity(
            task, branch: branch, log: metadata["log"]?.stringValue ?? "", assistant: reader.assistantModel,
            user: trajectory["user_model"]?.stringValue ?? "")
        if let category = evaluation["failure_category"]?.stringValue {
            obstacle = (category, evaluation["failure_reason"]?.stringValue ?? category)
        }
    }

    private static func identity(
        _ task: PauseTask, branch: String, log: String, assistant: String, user: String
    ) -> JSONObject {
        [
            "branch": .string(branch), "difficulty": .string(task.difficulty.rawValue), "label": .string(task.label),
            "log": .string(log), "assistant_model": .string(assistant), "user_model": .string(user),
        ]
    }

    /// A finding about it, with everything that needs no judge.
    func finding(by judge: String, targets: [Bool?]) -> PauseFinding {
        var finding = PauseFinding(judge: judge, targetsAchieved: targets, log: log, task: task)
        finding.reference = reference?.calls
        finding.extras = identity
        if let expected = reference?.state { finding.states = (expected, StateCheck(profile: log.finalProfile)) }
        return finding
    }
}

extension PauseSubject.Reference {
    init(json: JSONValue) {
        calls = (json["calls"]?.arrayValue ?? []).compactMap { call in
            guard let name = call["name"]?.stringValue else { return nil }
            return PauseGold.Call(name: name, arguments: call["arguments"]?.objectValue ?? [:])
        }
        summary = json["trajectory_summary"]?.stringValue ?? ""
        state = StateCheck(json: json["state_check"])
    }

    var json: JSONValue {
        [
            "calls": .array(
                calls.map { ["name": .string($0.name), "arguments": .object($0.arguments)] }),
            "trajectory_summary": .string(summary), "state_check": state?.json ?? .null,
        ]
    }
}
