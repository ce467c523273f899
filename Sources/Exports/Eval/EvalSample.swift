import Evaluation
import JSON
import Storage

/// An episode in the shape of a sample of inspect's logs: trials are epochs.
struct EvalSample {
    let record: EpisodeRecord
    let annotations: EpisodeAnnotations

    /// The member of the log that holds the sample.
    ///
    /// Its slashes stay: inspect looks for just this name.
    var memberName: String { "samples/\(record.id.sample)_epoch_\(epoch).json" }

    private var epoch: Int { record.id.trial + 1 }

    /// What stands in the sample and in its summary.
    private var common: JSONObject {
        var object: JSONObject = [
            "id": .string(record.id.sample), "epoch": .int(Int64(epoch)), "input": input, "target": target,
            "metadata": .object(metadata),
        ]
        if let options = record.sample["options"]?.arrayValue?.compactMap(\.stringValue), !options.isEmpty {
            object["choices"] = .array(options.map(JSONValue.string))
        }
        if record.outcome == .scored { object["scores"] = scores }
        object["started_at"] = .string(TimeStamp.offset(record.startedAt))
        object["completed_at"] = .string(TimeStamp.offset(record.startedAt + record.duration))
        object["total_time"] = JSONValue(record.duration)
        object["working_time"] = JSONValue(record.duration)
        object["uuid"] = .string(sha256Hex(Array(record.id.description.utf8)).prefix(22).description)
        return object
    }

    /// The whole sample.
    var json: JSONValue {
        var object = common
        let entries = record.trajectory.entries
        object["messages"] = .array(entries.enumerated().map { EvalMessages.json($1, number: $0) })
        object["output"] = output
        object["store"] = [:]
        object["events"] = []
        object["attachments"] = [:]
        object["model_usage"] = EvalUsage.byModel(entries)
        object["turn_count"] = .int(Int64(record.trajectory.turns(of: .agent)))
        if let error { object["error"] = Self.failure(error) }
        if !record.failedAttempts.isEmpty {
            object["error_retries"] = .array(record.failedAttempts.map { Self.failure($0.description) })
        }
        return .object(object)
    }

    /// What the log's list of samples says; it needs no trajectory.
    var summary: JSONValue {
        var object = common
        var short: JSONObject = [:]
        for key in ["gage_outcome", "gage_cause", "gage_tags"] { short[key] = metadata[key] }
        object["metadata"] = .object(short)
        object["input"] = .string(Self.cut(Self.text(of: input)))
        if let error { object["error"] = .string(Self.cut(error)) }
        object["retries"] = .int(Int64(record.failedAttempts.count))
        object["completed"] = .bool(error == nil)
        return .object(object)
    }

    private static func cut(_ text: String) -> String { text.count > 1000 ? String(text.prefix(1000)) + "…" : text }

    private static func text(of input: JSONValue) -> String {
        if let text = input.stringValue { return text }
        return (input.arrayValue ?? []).last { $0["role"] == "user" }?["content"]?.stringValue ?? ""
    }

    // MARK: - Question and answer

    private var input: JSONValue {
        let messages = (record.sample["messages"]?.arrayValue ?? []).compactMap { stored -> Message? in
            // What a judge could not read is left out; the sample's own JSON is in the journal.
            try? Message(json: stored)
        }
        if messages.count == 1, messages[0].role == .user, case .text(let text) = messages[0].content {
            return .string(text)
        }
        return messages.isEmpty ? .string(record.id.sample) : .array(messages.map { EvalMessages.json($0) })
    }

    private var target: JSONValue {
        let references = record.sample["references"]?.arrayValue ?? []
        let texts = references.map { $0.stringValue ?? $0["text"]?.stringValue ?? $0.text() }
        if texts.isEmpty { return .string(record.sample["label"]?.stringValue ?? "") }
        return texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSONValue.string))
    }

    private var output: JSONValue {
        let last = record.trajectory.entries.last { $0.speaker == .agent && $0.message.role == .assistant }
        guard let last else {
            let answer = record.prediction?.answer ?? ""
            return ["model": "", "choices": [], "completion": .string(answer)]
        }
        var object: JSONObject = [
            "model": .string(last.model ?? ""),
            "completion": .string(record.prediction?.answer ?? last.message.text ?? ""),
            "choices": [
                [
                    "message": EvalMessages.json(last.message),
                    "stop_reason": .string(Self.stopReason(last.finishReason)),
                ]
            ], "time": JSONValue(last.duration),
        ]
        if let usage = last.usage { object["usage"] = EvalUsage.json(usage, cost: last.cost) }
        return .object(object)
    }

    private static func stopReason(_ reason: String?) -> String {
        switch reason {
        case "stop", "tool_calls", "content_filter": reason ?? "unknown"
        case "length": "max_tokens"
        default: "unknown"
        }
    }

    // MARK: - Verdicts

    /// A score of one number is that number; of several, the numbers by name.
    private var scores: JSONValue {
        var object: JSONObject = [:]
        for score in record.scores {
            let numbers = score.values.filter { $0.value.isFinite }
            var entry: JSONObject = [:]
            if numbers.count == 1, let only = numbers.first {
                entry["value"] = JSONValue(only.value)
            } else {
                var values: JSONObject = [:]
                for key in numbers.keys.sorted() { values[key] = numbers[key].map { JSONValue($0) } }
                entry["value"] = .object(values)
            }
            if let answer = record.prediction?.answer { entry["answer"] = .string(answer) }
            if let explanation = score.explanation { entry["explanation"] = .string(explanation) }
            if !score.metadata.isEmpty { entry["metadata"] = .object(score.metadata) }
            object[score.metric] = .object(entry)
        }
        return .object(object)
    }

    private var error: String? {
        if case .errored(let error) = record.outcome { error.description } else { nil }
    }

    private static func failure(_ error: EvaluationError) -> JSONValue { failure(error.description) }

    private static func failure(_ text: String) -> JSONValue {
        ["message": .string(text), "traceback": .string(text), "traceback_ansi": .string(text)]
    }

    /// The sample's metadata, and what gage knows besides.
    private var metadata: JSONObject {
        var object = record.sample["metadata"]?.objectValue ?? [:]
        object["gage_outcome"] = .string(record.outcome.name)
        switch record.outcome {
        case .errored(let error): object["gage_cause"] = .string(error.cause.rawValue)
        case .unscorable(let reason): object["gage_cause"] = .string(reason)
        case .scored: break
        }
        object["gage_seed"] = .string(String(record.seed))
        if let termination = record.trajectory.termination {
            object["gage_termination"] = .string(termination.rawValue)
        }
        if !record.verdicts.isEmpty { object["gage_verdicts"] = .array(record.verdicts.map(\.json)) }
        if let artifacts = record.prediction?.artifacts, !artifacts.isEmpty {
            object["gage_artifacts"] = .object(artifacts)
        }
        if !annotations.tags.isEmpty { object["gage_tags"] = .array(annotations.tags.map(JSONValue.string)) }
        if !annotations.notes.isEmpty { object["gage_notes"] = .array(annotations.notes.map(\.json)) }
        if annotations.isAmended { object["gage_amended"] = .array(annotations.verdicts.map(\.json)) }
        return object
    }
}

/// Tokens in the shape of inspect's logs.
enum EvalUsage {
    static func json(_ usage: Usage, cost: Double?) -> JSONValue {
        let (input, output) = (usage.inputTokens ?? 0, usage.outputTokens ?? 0)
        var object: JSONObject = [
            "input_tokens": .int(Int64(input)), "output_tokens": .int(Int64(output)),
            "total_tokens": .int(Int64(input + output)),
        ]
        if let cached = usage.cachedInputTokens { object["input_tokens_cache_read"] = .int(Int64(cached)) }
        if let reasoning = usage.reasoningTokens { object["reasoning_tokens"] = .int(Int64(reasoning)) }
        if let cost { object["total_cost"] = JSONValue(cost) }
        return .object(object)
    }

    /// What each model used.
    static func byModel(_ entries: [Trajectory.Entry]) -> JSONValue {
        var sums = EvalUsageSums()
        for entry in entries { sums.add(entry) }
        return sums.json
    }
}

/// What models used, summed by name.
struct EvalUsageSums {
    private var usage: [String: Usage] = [:]
    private var cost: [String: Double] = [:]
    private var unpriced: Set<String> = []

    mutating func add(_ entry: Trajectory.Entry) {
        guard let used = entry.usage else { return }
        let model = entry.model ?? "unknown"
        usage[model] = (usage[model] ?? Usage()) + used
        if let price = entry.cost { cost[model, default: 0] += price } else { unpriced.insert(model) }
    }

    var json: JSONValue {
        var object: JSONObject = [:]
        for model in usage.keys.sorted() {
            // A sum that lacks a price is none.
            object[model] = usage[model].map { EvalUsage.json($0, cost: unpriced.contains(model) ? nil : cost[model]) }
        }
        return .object(object)
    }
}
