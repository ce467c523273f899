public import Evaluation
public import JSON
import Statistics

/// `consistency-analysis`: what annotators voted, what was chosen, and how two runs agree.
public struct PauseConsistency: Sendable {
    /// What became of a log, seen from two runs.
    enum Label: String, CaseIterable {
        case first = "model1"
        case second = "model2"
        case discarded
        case missing
    }

    /// Where the annotated logs are.
    public let annotated: String
    /// Where those of another run are; nil to compare nothing.
    public let compared: String?

    /// Describes an analysis.
    public init(annotated: String, compared: String? = nil) {
        self.annotated = annotated
        self.compared = compared
    }

    /// The name of the file that is written among the annotated logs.
    public static let fileName = "annotated_logs_analysis.json"

    /// Analyses, writes ``fileName``, and returns its content.
    ///
    /// Throws ``EvaluationError`` when there are no annotated logs.
    public func run() throws(EvaluationError) -> JSONObject {
        let logs = try Self.logs(in: annotated)
        let files = logs.map { Self.entry(name: $0.name, $0.json) }
        var result: JSONObject = [
            "files": .array(files.map { .object($0) }), "summary": .object(Self.summary(of: logs)),
            "agreement": .object(Self.agreement(of: logs.compactMap(\.json))),
        ]
        if let compared {
            let others = try Self.logs(in: compared)
            result["compare_summary"] = .object(Self.summary(of: others))
            result["confusion_matrix"] = .object(Self.confusion(logs, others))
        }
        try PauseFiles.write(.object(result), to: "\(annotated)/\(Self.fileName)")
        return result
    }

    // MARK: Reading

    private static func logs(in directory: String) throws(EvaluationError) -> [(name: String, json: JSONObject?)] {
        let paths = PauseFiles.jsonFiles(at: directory).filter { PauseFiles.name(of: $0) != fileName }
        guard !paths.isEmpty else {
            throw EvaluationError(
                .dataMissing, "there are no annotated logs in \(directory)", cause: .configuration,
                advice: "make them with 'gage pause annotate-trajs'")
        }
        return paths.map { (PauseFiles.name(of: $0), PauseFiles.objectIfReadable($0)) }
    }

    private static func entry(name: String, _ json: JSONObject?) -> JSONObject {
        guard let json else { return ["file": .string(name), "load_error": true] }
        return [
            "file": .string(name), "trajs": .array(judged(json["trajs"])),
            "rerun_trajs": .array(judged(json["rerun_trajs"])), "selection": json["selection"] ?? .null,
            "align_targets": json["align_targets"] ?? .null, "aligned_targets": json["aligned_targets"] ?? .null,
            "targets_adjust_reason": json["targets_adjust_reason"] ?? .null,
            "final_selection": json["final_selection"] ?? .null,
        ]
    }

    private static func judged(_ trajectories: JSONValue?) -> [JSONValue] {
        (trajectories?.arrayValue ?? []).enumerated().map { number, trajectory in
            let counts = PauseTrajectoryCounts(trajectory.objectValue ?? [:])
            return [
                "traj_idx": JSONValue(number), "assistant_model": .string(counts.model),
                "tool_call_count": JSONValue(counts.assistantTotal), "annotations": trajectory["annotations"] ?? [],
            ]
        }
    }

    private static func summary(of logs: [(name: String, json: JSONObject?)]) -> JSONObject {
        var chosen: [String: [JSONValue]] = [:]
        var discarded: [JSONValue] = []
        for (name, json) in logs {
            let selection = json?["final_selection"]
            let model = selection?["select_assistant_model"]?.stringValue ?? ""
            if selection?["status"]?.stringValue == "selected", !model.isEmpty {
                chosen[model, default: []].append(.string(name))
            } else {
                let category = selection?["failure_category"]?.stringValue ?? ""
                let reason = json == nil ? "load_error" : category.isEmpty ? "no_selection" : category
                discarded.append(["file": .string(name), "reason": .string(reason)])
            }
        }
        return [
            "total_files": JSONValue(logs.count),
            "selected_by_model": .object(
                JSONObject(entries: chosen.sorted { $0.key < $1.key }.map { (key: $0.key, value: .array($0.value)) })),
            "discarded": .array(discarded),
        ]
    }

    // MARK: Comparing

    /// How two runs sorted the logs: the first run's labels are the rows.
    private static func confusion(
        _ logs: [(name: String, json: JSONObject?)], _ others: [(name: String, json: JSONObject?)]
    ) -> JSONObject {
        let own = Dictionary(logs.map { ($0.name, $0.json) }, uniquingKeysWith: { first, _ in first })
        let other = Dictionary(others.map { ($0.name, $0.json) }, uniquingKeysWith: { first, _ in first })
        let (ownModels, otherModels) = (models(of: logs), models(of: others))
        var counts: [Label: [Label: Int]] = [:]
        for name in Set(own.keys).union(other.keys) {
            let row = label(own[name] ?? nil, ownModels)
            let column = label(other[name] ?? nil, otherModels)
            counts[row, default: [:]][column, default: 0] += 1
        }
        var matrix: JSONObject = [:]
        for row in Label.allCases {
            let cells = Label.allCases.map { (key: $0.rawValue, value: JSONValue(counts[row]?[$0] ?? 0)) }
            matrix[row.rawValue] = .object(JSONObject(entries: cells))
        }
        return ["labels": .array(Label.allCases.map { .string($0.rawValue) }), "matrix": .object(matrix)]
    }

    /// The first two assistants of a run.
    private static func models(of logs: [(name: String, json: JSONObject?)]) -> [String] {
        for log in logs {
            let names = (log.json?["trajs"]?.arrayValue ?? []).prefix(2).map {
                $0["assistant_model"]?.stringValue ?? ""
            }
            if !names.isEmpty { return names }
        }
        return []
    }

    private static func label(_ json: JSONObject?, _ models: [String]) -> Label {
        guard let selection = json?["final_selection"], selection.objectValue != nil else { return .missing }
        guard selection["status"]?.stringValue == "selected" else { return .discarded }
        switch models.firstIndex(of: selection["select_assistant_model"]?.stringValue ?? "") {
        case 0: return .first
        case 1: return .second
        default: return .discarded
        }
    }

    // MARK: Agreement

    /// How the first two annotators agree on each flag: the share of equal votes, and Cohen's kappa.
    private static func agreement(of logs: [JSONObject]) -> JSONObject {
        var result: JSONObject = [:]
        for flag in ["tool_calling_logic_correct", "tool_calling_parameter_correct", "reason_policy_correct"] {
            var table = [[0, 0], [0, 0]]
            for trajectory in logs.flatMap({ ($0["trajs"]?.arrayValue ?? []) + ($0["rerun_trajs"]?.arrayValue ?? []) })
            {
                let votes = (trajectory["annotations"]?.arrayValue ?? []).prefix(2).compactMap { $0[flag]?.boolValue }
                guard votes.count == 2 else { continue }
                table[votes[0] ? 1 : 0][votes[1] ? 1 : 0] += 1
            }
            let total = table.flatMap { $0 }.reduce(0, +)
            guard total > 0 else { continue }
            result[flag] = [
                "n": JSONValue(total),
                "agreement": JSONValue(Double(table[0][0] + table[1][1]) / Double(total)),
                "cohens_kappa": JSONValue(optional: Agreement.cohensKappa(table)?.value),
            ]
        }
        return result
    }
}
