import JSON

extension ReportPage {
    /// How reliably samples are solved over their trials.
    var reliability: Section? {
        let tasks = (summary["reliability"]?.arrayValue ?? []).prefix(12)
        guard !tasks.isEmpty else { return nil }
        let plots = tasks.enumerated().map { place, task in
            ReliabilityPlot(
                id: "pass-\(place)", title: task["task_id"]?.stringValue ?? "", curve: task["curve"]?.arrayValue ?? []
            ).figure
        }
        let intro: HTML = """
            <p class="faint">pass^k is the chance that all of k trials of a sample succeed, pass@k that at least one does; \
            the shade is the 95 % interval of pass^k over samples.</p>
            """
        return Section(
            id: "reliability", title: "Reliability over trials", link: "Reliability",
            body: "\(intro)\(Self.charts(plots))")
    }

    /// How turns, calls, tokens and seconds are spread.
    var spread: Section? {
        let count = NumberText.count
        let kinds: [(key: String, title: String, label: (Double) -> String)] = [
            ("turns", "Agent turns", NumberText.short), ("tool_calls", "Tool calls", NumberText.short),
            ("input_tokens", "Input tokens", NumberText.compact),
            ("output_tokens", "Output tokens", NumberText.compact),
            ("cost_usd", "Cost", NumberText.dollars),
        ]
        var plots = kinds.compactMap { kind -> HTML? in
            guard let distribution = summary.at("distributions")?[kind.key] else { return nil }
            return Histogram(
                id: "spread-\(kind.key)", title: kind.title, distribution: distribution, label: kind.label,
                isWhole: kind.key != "cost_usd"
            ).figure
        }
        let times = [("episode_s", "Time of an episode"), ("model_call_s", "Time of a model call")]
        plots += times.compactMap { key, title -> HTML? in
            guard let distribution = summary.at("run.timings")?[key] else { return nil }
            return Histogram(id: "spread-\(key)", title: title, distribution: distribution, label: NumberText.duration)
                .figure
        }
        guard !plots.isEmpty else { return nil }
        let scored = summary.at("outcomes.scored")?.intValue ?? 0
        let intro: HTML = """
            <p class="faint">Of \(count(scored)) scored \(scored == 1 ? "episode" : "episodes"). The dot below the bars is the \
            median, the thick line the middle half.</p>
            """
        return Section(
            id: "spread", title: "Turns, tokens, latency", link: "Distributions", body: "\(intro)\(Self.charts(plots))")
    }

    /// Tokens and dollars.
    var spending: Section? {
        let models = summary["usage_by_model"]?.arrayValue ?? []
        guard !models.isEmpty else { return nil }
        var body = Self.figures(totals)
        let columns: [Column] = [
            .text("model"), .text("for the"), .number("calls"), .number("input tokens"), .number("cached"),
            .number("output tokens"), .number("reasoning"), .number("cost"),
        ]
        let rows = models.prefix(Self.rowLimit).map { entry -> [HTML] in
            let name = entry["model"]?.stringValue ?? ""
            func count(_ key: String) -> HTML { Self.cell(entry[key]?.intValue.map(NumberText.count) ?? "–") }
            return [
                Self.cell(name.isEmpty ? "(unnamed)" : name), Self.cell(entry["speaker"]?.stringValue ?? ""),
                count("calls"), count("input_tokens"), count("cached_input_tokens"), count("output_tokens"),
                count("reasoning_tokens"), Self.cell(Self.dollars(entry["cost_usd"])),
            ]
        }
        body += Self.table("Tokens and cost by model", columns, Array(rows))
        if let tasks = taskSpending { body += tasks }
        return Section(id: "spending", title: "Cost and tokens", link: "Cost", body: body)
    }

    private static func dollars(_ value: JSONValue?) -> String {
        value?.doubleValue.map { NumberText.dollars($0) } ?? "unknown"
    }

    private var totals: [(name: String, value: String)] {
        let usage = summary["usage"] ?? [:]
        var entries = [(name: "cost", value: Self.dollars(summary.at("cost.total_usd")))]
        let scored = summary.at("outcomes.scored")?.intValue ?? 0
        if let total = summary.at("cost.total_usd")?.doubleValue, scored > 0, total > 0 {
            entries.append(("per scored episode", NumberText.dollars(total / Double(scored))))
        }
        entries.append(("model calls", NumberText.count(usage["model_calls"]?.intValue ?? 0)))
        for (key, name) in [("input_tokens", "input tokens"), ("output_tokens", "output tokens")] {
            if let count = usage[key]?.intValue { entries.append((name, NumberText.count(count))) }
        }
        let unpriced = summary.at("cost.calls_without_price")?.intValue ?? 0
        if unpriced > 0 { entries.append(("calls without a price", NumberText.count(unpriced))) }
        return entries
    }

    private var taskSpending: HTML? {
        let tasks = summary["tasks"]?.arrayValue ?? []
        guard tasks.count > 1 else { return nil }
        var times: [String: JSONValue] = [:]
        for entry in summary.at("run.timings.tasks")?.arrayValue ?? [] {
            if let id = entry["task_id"]?.stringValue { times[id] = entry["episode_s"] }
        }
        let rows = tasks.prefix(Self.rowLimit).map { task -> [HTML] in
            let id = task["task_id"]?.stringValue ?? ""
            func count(_ path: String) -> HTML { Self.cell(task.at(path)?.intValue.map(NumberText.count) ?? "–") }
            func middle(_ value: JSONValue?, _ text: (Double) -> String) -> HTML {
                Self.cell(value?["p50"]?.doubleValue.map(text) ?? "–")
            }
            return [
                Self.cell(id), count("sample_count"), Self.cell(Self.dollars(task.at("cost.total_usd"))),
                count("usage.input_tokens"), count("usage.output_tokens"),
                middle(task.at("figures.turns"), NumberText.short), middle(times[id], NumberText.duration),
            ]
        }
        let columns: [Column] = [
            .text("task"), .number("episodes"), .number("cost"), .number("input tokens"), .number("output tokens"),
            .number("median turns"), .number("median time"),
        ]
        return "<h3>By task</h3>\(Self.table("Cost by task", columns, Array(rows)))"
    }
}
