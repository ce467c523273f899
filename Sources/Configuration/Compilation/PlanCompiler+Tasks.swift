import Evaluation

extension PlanCompiler {
    mutating func planTasks() -> [PlannedTask] {
        document.tasks.entries.compactMap { planTask($0) }
    }

    private mutating func planTask(_ entry: Entry<TaskEntry>) -> PlannedTask? {
        let steps = planSteps(of: entry)
        let metrics = planMetrics(of: entry)
        if metrics.isEmpty, document.metrics.entries.isEmpty {
            diagnostics.note("task '\(entry.id)' has no metrics, so nothing will be scored", at: entry.node)
        }
        guard let dataset = datasets[entry.datasetID] else { return nil }
        let source = document.datasets.entries.first { $0.id == entry.datasetID }
        var task = PlannedTask(id: entry.id, dataset: dataset, location: entry.node.location)
        task.steps = steps
        task.metrics = metrics
        task.maxSamples = entry.maxSamples
        task.trials = entry.trials ?? source?.trials ?? 1
        task.concurrency = max(1, entry.concurrency)
        let ahead = task.concurrency.multipliedReportingOverflow(by: max(1, entry.prefetchFactor))
        task.prefetch = max(entry.maxInflight ?? 0, ahead.overflow ? task.concurrency : ahead.partialValue)
        task.shuffle = entry.shuffle
        task.shuffleSeed = UInt64(max(0, entry.shuffleSeed))
        task.seedGroup = entry.seedGroup
        task.maxRetries = entry.maxRetries
        task.episodeTimeout = entry.timeout.map { .bounded(seconds: $0) }
        task.reportSinks = entry.reporting.sinks.entries.compactMap { sink in
            sink.type == "file" ? sink.params.outputPath.map { .file(path: $0) } : .console
        }
        return task
    }

    // MARK: Steps

    private mutating func planSteps(of task: Entry<TaskEntry>) -> [PlannedStep] {
        let own = task.steps.entries
        let entries = own.isEmpty ? document.custom.steps.entries : own
        guard !entries.isEmpty else {
            diagnostics.error(
                "task '\(task.id)' has no steps", at: task.node, advice: "list them here or in custom.steps")
            return []
        }
        var order = StepOrder()
        var steps: [PlannedStep] = []
        let errorsBefore = diagnostics.errorCount
        for entry in entries {
            guard let kind = stepKind(of: entry) else { continue }
            let isInOrder = order.add(kind, at: entry.field("step") ?? entry.node, into: &diagnostics)
            let adapter = kind == .autoEval ? nil : planAdapter(of: entry, kind: kind)
            guard isInOrder, kind == .autoEval || adapter != nil else { continue }
            steps.append(PlannedStep(kind: kind, adapter: adapter, location: entry.node.location))
        }
        // A step that could not be read may be the one that is missing.
        let isReadable = entries.allSatisfy { StepEntry.known.contains($0.step) }
        if isReadable, diagnostics.errorCount == errorsBefore {
            order.finish(at: own.isEmpty ? task.node : task.field("steps") ?? task.node, into: &diagnostics)
        }
        if !order.has(.autoEval) {
            diagnostics.note("an 'auto_eval' step was added at the end", at: task.field("steps") ?? task.node)
            steps.append(PlannedStep(kind: .autoEval, adapter: nil, location: task.node.location))
        }
        checkSlots(of: steps, entries)
        return steps
    }

    private mutating func stepKind(of entry: Entry<StepEntry>) -> StepKind? {
        if StepEntry.implicit.contains(entry.step) {
            let reason =
                entry.step == "hook" ? "hooks belong to agents, as pre_hooks and post_hooks" : "it is always made"
            diagnostics.note(
                "step '\(entry.step)' has no effect: \(reason)", at: entry.field("step") ?? entry.node)
        }
        let kind = StepKind(rawValue: entry.step)
        if kind == .autoEval, let node = entry.field("adapter_id"), !node.isNull {
            diagnostics.warning("an 'auto_eval' step runs no adapter", at: node, advice: "remove 'adapter_id'")
        }
        return kind
    }

    private mutating func planAdapter(of step: Entry<StepEntry>, kind: StepKind) -> PlannedAdapter? {
        guard let entry = adapterEntry(of: step, kind: kind) else { return nil }
        used[.roleAdapter, default: []].insert(entry.id)
        if let role = entry.field("role_type")?.text.flatMap(RoleType.init(rawValue:)), !role.steps.contains(kind) {
            let fitting = role.steps.map { "it runs in step '\($0.rawValue)'" }.first
            diagnostics.error(
                "'\(entry.id)' is a \(role.rawValue), which cannot run in step '\(kind.rawValue)'",
                at: step.field("adapter_id") ?? step.node,
                advice: fitting ?? "it runs in no step: other adapters refer to it")
            return nil
        }
        return planAdapter(entry, in: step)
    }

    /// The adapter that a step names, or else the only one whose role fits.
    private mutating func adapterEntry(
        of step: Entry<StepEntry>, kind: StepKind
    ) -> Entry<RoleAdapterEntry>? {
        // A name that no adapter has is reported with all other references.
        if let id = step.adapterID { return document.roleAdapters.entries.first { $0.id == id } }
        let fitting = document.roleAdapters.entries.filter { entry in
            entry.field("role_type")?.text.flatMap(RoleType.init(rawValue:))?.steps.contains(kind) ?? false
        }
        if fitting.count == 1 { return fitting[0] }
        let names = fitting.map(\.id).joined(separator: ", ")
        diagnostics.error(
            "this '\(kind.rawValue)' step needs an 'adapter_id'", at: step.node,
            advice: fitting.isEmpty ? "no adapter in 'role_adapters' fits" : "several fit: \(names)")
        return nil
    }
}

/// The rules about which step may follow which.
private struct StepOrder {
    private var seen: [StepKind] = []

    private static let ranks: [StepKind] = [.support, .inference, .judge, .autoEval]

    private static func rank(_ kind: StepKind) -> Int { ranks.firstIndex(of: kind) ?? 0 }

    func has(_ kind: StepKind) -> Bool { seen.contains(kind) }

    /// Takes the next step; false when it may not stand here, which is reported.
    mutating func add(_ kind: StepKind, at node: ConfigNode, into diagnostics: inout Diagnostics) -> Bool {
        let advice = "the order is: support, one inference, judge, auto_eval"
        defer { seen.append(kind) }
        if kind == .inference || kind == .autoEval, seen.contains(kind) {
            diagnostics.error("a second '\(kind.rawValue)' step", at: node, advice: advice)
            return false
        }
        if let later = seen.filter({ Self.rank($0) > Self.rank(kind) }).first {
            diagnostics.error(
                "step '\(kind.rawValue)' cannot come after '\(later.rawValue)'", at: node, advice: advice)
            return false
        }
        return true
    }

    func finish(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        guard !has(.inference) else { return }
        diagnostics.error(
            "the steps have no 'inference', so nothing is evaluated", at: node,
            advice: "add a step with a dut_agent or dut_model")
    }
}
