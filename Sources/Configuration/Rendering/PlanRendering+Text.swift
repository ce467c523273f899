import Evaluation
import JSON

extension PlanRendering {
    /// The plan for a terminal, ending in a line feed.
    public var text: String {
        var lines = [plan.summary.map { "\(plan.name): \($0)" } ?? plan.name]
        lines.append("seed \(plan.seed), digest \(plan.digest.prefix(12))")
        for task in plan.tasks {
            lines += ["", "task \(task.id)"]
            lines += table(rows(of: task)).map { "  \($0)" }
            lines.append("  \(amounts(of: task))")
        }
        if !plan.backends.isEmpty {
            lines += ["", "backends"]
            lines += table(plan.backends.map { [$0.id, $0.typeKey, model(of: $0) ?? ""] }).map { "  \($0)" }
        }
        if !plan.sandboxProfiles.isEmpty {
            lines += ["", "sandboxes"]
            lines += table(
                plan.sandboxProfiles.map { [$0.id, $0.runtimeKey, $0.poolSize.map { "at most \($0) at once" } ?? ""] }
            ).map { "  \($0)" }
        }
        if !plan.mcpClients.isEmpty {
            lines += ["", "MCP clients"]
            lines += table(plan.mcpClients.map { [$0.id, $0.transportKey, place(of: $0)] }).map { "  \($0)" }
        }
        if !plan.summaryGenerators.isEmpty {
            lines += ["", "summaries  \(plan.summaryGenerators.map(\.id).joined(separator: ", "))"]
        }
        if let budget = plan.budget { lines += ["", "budget  \(budget.text)"] }
        if let cache = plan.cache {
            let age = cache.maximumAge.map { ", not older than \(TimeSpan(seconds: $0))" } ?? ""
            lines += ["", "cache  \(cache.mode.rawValue), \(cache.path)\(age)"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Where a client's server is, in the words of its settings, which hide secrets.
    private func place(of client: PlannedMCPClient) -> String {
        switch client.transport.place {
        case .address: return client.settings["endpoint"]?.stringValue ?? "where the sandbox says"
        case .program:
            let command = client.settings["command"]
            let words =
                (command?.arrayValue ?? [command].compactMap { $0 }) + (client.settings["args"]?.arrayValue ?? [])
            return words.compactMap(\.stringValue).joined(separator: " ")
        }
    }

    private func rows(of task: PlannedTask) -> [[String]] {
        let loading = ([task.dataset.loaderKey] + [task.dataset.preprocessorKey].compactMap { $0 })
        var rows = [["data set", task.dataset.id, loading.joined(separator: " → ")]]
        for step in task.steps {
            guard let adapter = step.adapter else { continue }
            rows.append([step.kind.rawValue, adapter.id, details(of: adapter)])
            let contract = slots(of: adapter.implementation.contract)
            if !contract.isEmpty { rows.append(["", "", contract]) }
        }
        let metrics = task.metrics.map { "\($0.id) (\($0.aggregationKey))" }.joined(separator: ", ")
        if task.steps.contains(where: { $0.kind == .autoEval }) {
            rows.append([StepKind.autoEval.rawValue, metrics.isEmpty ? "no metrics" : metrics])
        }
        return rows
    }

    private func details(of adapter: PlannedAdapter) -> String {
        var parts = [adapter.implementationKey]
        if let backend = backend(of: adapter) { parts.append("asks \(backend.id)") }
        if let agent = plan.agentBackends.first(where: { $0.id == adapter.agentBackendID }),
            agent.forceToolChoice != .never
        {
            parts.append("forced tool call: \(agent.forceToolChoice.rawValue)")
        }
        if let prompt = adapter.promptID { parts.append("prompt \(prompt)") }
        if let client = adapter.mcpClientID { parts.append("MCP \(client)") }
        if let sandbox = adapter.sandbox {
            parts.append("sandbox \(sandbox.profileID) \(sandbox.lifecycle.rawValue)")
        }
        return parts.joined(separator: ", ")
    }

    private func slots(_ names: Set<EpisodeSlot>) -> String {
        names.sorted().map(\.rawValue).joined(separator: ", ")
    }

    private func slots(of contract: StepContract) -> String {
        let parts = [
            contract.reads.isEmpty ? nil : "reads \(slots(contract.reads))",
            contract.writes.isEmpty ? nil : "writes \(slots(contract.writes))",
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }

    private func amounts(of task: PlannedTask) -> String {
        var parts = [task.maxSamples.map { "at most \($0) samples" } ?? "all samples"]
        parts.append(task.trials == 1 ? "1 trial" : "\(task.trials) trials")
        parts.append("\(task.concurrency) at once")
        if task.shuffle { parts.append("shuffled with seed \(task.shuffleSeed)") }
        parts.append(task.maxRetries == 1 ? "1 retry" : "\(task.maxRetries) retries")
        if let limit = task.episodeTimeout { parts.append("limit \(limit.components.seconds) s") }
        return parts.joined(separator: ", ")
    }

    /// Rows with their columns aligned; the last column of a row is as wide as it is.
    private func table(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.dropLast().enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let isLast = column == row.count - 1
                return isLast ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
