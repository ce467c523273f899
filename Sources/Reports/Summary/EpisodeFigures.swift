import Evaluation
import GageConfiguration
import JSON

/// What episodes took: turns, calls, tokens, dollars and seconds, by task and together.
struct EpisodeFigures {
    /// The quantities of one task, or of all.
    private struct Column {
        var turns = Distribution()
        var toolCalls = Distribution()
        var inputTokens = Distribution()
        var outputTokens = Distribution()
        var cost = Distribution()
        var seconds = Distribution()
        var usage = Usage()
        var modelCalls = 0
        var callsWithoutPrice = 0
        var dollars = 0.0
    }

    private var all = Column()
    private var tasks: [String: Column] = [:]
    private var order: [String]
    private var callSeconds = Distribution()
    private var steps: [String: Distribution] = [:]
    private var models = ModelSpending()

    init(plan: Plan) { order = plan.tasks.map(\.id) }

    /// Takes an episode, whatever its outcome; the quantities of one that did not finish are not of its dialogue.
    mutating func add(_ record: EpisodeRecord) {
        var calls: [Trajectory.Entry] = []
        for entry in record.trajectory.entries where entry.usage != nil || (entry.cost ?? 0) > 0 {
            calls.append(entry)
            models.add(entry)
            if entry.duration > 0 { callSeconds.add(entry.duration) }
        }
        for step in record.stepDurations { addStep(step.step, step.seconds) }
        Self.add(record, calls, to: &all)
        Self.add(record, calls, to: &tasks[record.id.task, default: Column()])
    }

    /// The most kinds of step that are told apart.
    private static let stepLimit = 40

    private mutating func addStep(_ name: String, _ seconds: Double) {
        guard steps[name] != nil || steps.count < Self.stepLimit else { return }
        steps[name, default: Distribution()].add(seconds)
    }

    private static func add(_ record: EpisodeRecord, _ calls: [Trajectory.Entry], to column: inout Column) {
        for call in calls {
            column.modelCalls += 1
            if let used = call.usage { column.usage = column.usage + used }
            if let price = call.cost { column.dollars += price } else { column.callsWithoutPrice += 1 }
        }
        guard record.outcome == .scored else { return }
        column.seconds.add(record.duration)
        let entries = record.trajectory.entries
        guard !entries.isEmpty else { return }
        column.turns.add(Double(record.trajectory.turns(of: .agent)))
        column.toolCalls.add(Double(entries.reduce(0) { $0 + $1.message.toolCalls.count }))
        let usage = calls.reduce(Usage()) { sum, call in call.usage.map { sum + $0 } ?? sum }
        if let input = usage.inputTokens { column.inputTokens.add(Double(input)) }
        if let output = usage.outputTokens { column.outputTokens.add(Double(output)) }
        // An episode's cost is unknown as soon as one of its calls has no price.
        if !calls.isEmpty, !calls.contains(where: { $0.cost == nil }) {
            column.cost.add(calls.reduce(0) { $0 + ($1.cost ?? 0) })
        }
    }

    /// Of scored episodes: `{turns, tool_calls, input_tokens, output_tokens, cost_usd}`, each with a histogram.
    var distributions: JSONObject {
        var object: JSONObject = [:]
        let columns: [(String, Distribution, Bool)] = [
            ("turns", all.turns, true), ("tool_calls", all.toolCalls, true), ("input_tokens", all.inputTokens, true),
            ("output_tokens", all.outputTokens, true), ("cost_usd", all.cost, false),
        ]
        for (name, distribution, isWhole) in columns where distribution.count > 0 && distribution.largest > 0 {
            object[name] = distribution.json(wholeNumbers: isWhole)
        }
        return object
    }

    /// What depends on the clock: `{episode_s, model_call_s, steps: {…}}`.
    var times: JSONObject {
        var object: JSONObject = [:]
        if all.seconds.count > 0 { object["episode_s"] = all.seconds.json(wholeNumbers: false) }
        if callSeconds.count > 0 { object["model_call_s"] = callSeconds.json(wholeNumbers: false) }
        var byStep: JSONObject = [:]
        for name in steps.keys.sorted() {
            guard let step = steps[name] else { continue }
            var figures = step.figures
            figures["total"] = JSONValue(step.sum)
            byStep[name] = .object(figures)
        }
        if !byStep.isEmpty { object["steps"] = .object(byStep) }
        return object
    }

    /// What each model used, the dearest first.
    var byModel: JSONValue { models.json }

    /// One task's `usage`, `cost` and figures; nil of one without episodes.
    func section(of task: String) -> JSONObject? {
        guard let column = tasks[task] else { return nil }
        var usage = column.usage.json.objectValue ?? [:]
        usage["model_calls"] = JSONValue(column.modelCalls)
        let isUnknown = column.callsWithoutPrice > 0 && column.dollars == 0
        var object: JSONObject = [
            "usage": .object(usage),
            "cost": [
                "total_usd": isUnknown ? .null : JSONValue(column.dollars),
                "calls_without_price": JSONValue(column.callsWithoutPrice),
            ],
        ]
        var figures: JSONObject = [:]
        let columns = [
            ("turns", column.turns), ("tool_calls", column.toolCalls), ("input_tokens", column.inputTokens),
            ("output_tokens", column.outputTokens), ("cost_usd", column.cost),
        ]
        for (name, distribution) in columns where distribution.count > 0 {
            figures[name] = .object(distribution.figures)
        }
        object["figures"] = .object(figures)
        return object
    }

    /// Seconds of the tasks' episodes, in plan order: `[{task_id, episode_s}]`.
    var taskTimes: JSONValue {
        .array(
            order.compactMap { task in
                guard let seconds = tasks[task]?.seconds, seconds.count > 0 else { return nil }
                var figures = seconds.figures
                figures["total"] = JSONValue(seconds.sum)
                return ["task_id": .string(task), "episode_s": .object(figures)]
            })
    }
}
