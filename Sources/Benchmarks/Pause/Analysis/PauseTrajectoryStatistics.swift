public import Evaluation
public import JSON
import Statistics

/// What can be counted about one trajectory of a log.
struct PauseTrajectoryCounts {
    let model: String
    let isTerminated: Bool
    let reason: String
    let rounds: Int
    let assistantCalls: [String: Int]
    let userCalls: [String: Int]

    /// Counts a trajectory; where its two views are missing, the marks of its transcript are counted.
    init(_ trajectory: JSONObject) {
        let reader = PauseTrajectoryReader(trajectory)
        model = reader.assistantModel
        isTerminated = reader.isTerminated
        reason = reader.terminationReason
        let events = reader.events
        if events.isEmpty, trajectory["assistant_traj"]?.arrayValue?.isEmpty ?? true {
            let marks = PauseTranscriptMarks(reader.transcript)
            (assistantCalls, userCalls, rounds) = (marks.assistantCalls, marks.userCalls, marks.rounds)
            return
        }
        var assistant: [String: Int] = [:]
        var user: [String: Int] = [:]
        var texts = 0
        for event in events {
            switch event {
            case .message(.agent, _): texts += 1
            case .call(let call) where call.caller == .agent: assistant[call.name, default: 0] += 1
            case .call(let call): user[call.name, default: 0] += 1
            default: break
            }
        }
        (assistantCalls, userCalls) = (assistant, user)
        rounds = max(0, texts - 1)
    }

    var assistantTotal: Int { assistantCalls.values.reduce(0, +) }
    var userTotal: Int { userCalls.values.reduce(0, +) }

    var json: JSONObject {
        [
            "assistant_model": .string(model), "tool_calls": JSONValue(assistantTotal + userTotal),
            "assistant_tool_calls": JSONValue(assistantTotal), "user_tool_calls": JSONValue(userTotal),
            "assistant_tools": Self.json(assistantCalls), "user_tools": Self.json(userCalls),
            "rounds": JSONValue(rounds), "terminated": .bool(isTerminated), "termination_reason": .string(reason),
        ]
    }

    static func json(_ counts: [String: Int]) -> JSONValue {
        .object(
            JSONObject(entries: counts.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue($0.value)) }))
    }
}

/// Counts the marks of a transcript.
struct PauseTranscriptMarks {
    private(set) var assistantCalls: [String: Int] = [:]
    private(set) var userCalls: [String: Int] = [:]
    private var texts = 0

    /// The assistant's texts, the greeting left out.
    var rounds: Int { max(0, texts - 1) }

    init(_ transcript: [String]) {
        for line in transcript.flatMap({ $0.split(separator: "\n") }) {
            if let name = Self.tool(after: "[ASSISTANT TOOL CALL] ", in: line) {
                assistantCalls[name, default: 0] += 1
            } else if let name = Self.tool(after: "[USER TOOL CALL] ", in: line) {
                userCalls[name, default: 0] += 1
            } else if line.hasPrefix("[ASSISTANT] ") {
                texts += 1
            }
        }
    }

    private static func tool(after mark: String, in line: Substring) -> String? {
        guard line.hasPrefix(mark) else { return nil }
        return String(line.dropFirst(mark.count).prefix { $0 != "(" })
    }
}

/// Means of what was counted, of trajectories that belong together.
struct PauseCountMeans {
    private var counts: [PauseTrajectoryCounts] = []

    mutating func add(_ own: PauseTrajectoryCounts) { counts.append(own) }

    var json: JSONObject {
        func mean(_ value: (PauseTrajectoryCounts) -> Int) -> JSONValue {
            JSONValue(optional: counts.map { Double(value($0)) }.mean)
        }
        var assistant: [String: Int] = [:]
        var user: [String: Int] = [:]
        var reasons: [String: Int] = [:]
        for own in counts {
            assistant.merge(own.assistantCalls, uniquingKeysWith: +)
            user.merge(own.userCalls, uniquingKeysWith: +)
            if own.isTerminated { reasons[own.reason, default: 0] += 1 }
        }
        return [
            "n": JSONValue(counts.count), "avg_tool_calls": mean { $0.assistantTotal + $0.userTotal },
            "avg_assistant_tool_calls": mean(\.assistantTotal), "avg_user_tool_calls": mean(\.userTotal),
            "avg_rounds": mean(\.rounds), "terminated": JSONValue(counts.count { $0.isTerminated }),
            "termination_reasons": PauseTrajectoryCounts.json(reasons),
            "assistant_tools": PauseTrajectoryCounts.json(assistant), "user_tools": PauseTrajectoryCounts.json(user),
        ]
    }
}

/// `analyze-traj-stats`: counts the trajectories of logs, by the model behind the assistant.
public enum PauseTrajectoryStatistics {
    /// The statistics of a log, or of all logs in a directory; with every trajectory where `isDetailed`.
    ///
    /// Throws ``EvaluationError`` when there is no log.
    public static func run(logs: String, isDetailed: Bool) throws(EvaluationError) -> JSONObject {
        let paths = PauseFiles.jsonFiles(at: logs).filter { PauseFiles.objectIfReadable($0)?["trajs"] != nil }
        guard !paths.isEmpty else {
            throw EvaluationError(
                .dataMissing, "there are no logs at \(logs)", cause: .configuration,
                advice: "write some with 'gage pause run-user-tasks'")
        }
        var models: [String: PauseCountMeans] = [:]
        var details: [JSONValue] = []
        for path in paths {
            for (number, trajectory) in try PauseLogFile(path: path).trajectories.enumerated() {
                let counts = PauseTrajectoryCounts(trajectory)
                models[counts.model, default: PauseCountMeans()].add(counts)
                var own = counts.json
                own["file"] = .string(PauseFiles.name(of: path))
                own["traj_idx"] = JSONValue(number)
                if isDetailed { details.append(.object(own)) }
            }
        }
        var object: JSONObject = [
            "files": JSONValue(paths.count), "by_model": grouped(models),
        ]
        if isDetailed { object["trajectories"] = .array(details) }
        return object
    }

    /// `analyze-selected-traj-stats`: the same of the reference trajectories of saved tasks, by branch.
    ///
    /// Throws ``EvaluationError`` when there are no saved tasks.
    public static func runSelected(tasks: String) throws(EvaluationError) -> JSONObject {
        var branches: [String: PauseCountMeans] = [:]
        var missing: [JSONValue] = []
        let root = PauseFiles.folder(of: tasks.hasSuffix("/") ? String(tasks.dropLast()) : tasks)
        for path in try PauseTasksLoader.files([tasks], in: ".") {
            for (branch, list) in try PauseTaskLibrary.read(path).tasksByBranch {
                for task in list {
                    let log = task.annotatedLogPath.map { PauseFiles.absolute($0, in: root) }
                    guard
                        let chosen = log.flatMap(PauseFiles.objectIfReadable).flatMap({ PauseAnnotatedLog($0).chosen })
                    else {
                        missing.append(.string(log ?? "\(path) \(branch) \(task.label)"))
                        continue
                    }
                    branches[branch, default: PauseCountMeans()].add(PauseTrajectoryCounts(chosen))
                }
            }
        }
        return ["by_branch": grouped(branches), "missing": .array(missing)]
    }

    private static func grouped(_ groups: [String: PauseCountMeans]) -> JSONValue {
        .object(
            JSONObject(
                entries: groups.sorted { $0.key < $1.key }.map { (key: $0.key, value: .object($0.value.json)) }))
    }
}
