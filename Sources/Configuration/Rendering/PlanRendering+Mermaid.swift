import Evaluation

extension PlanRendering {
    /// The plan as a Mermaid flow chart: a box for each task, its steps from left to right, models and sandboxes below.
    public var mermaid: String {
        var lines = ["flowchart LR"]
        var edges: [String] = []
        for (index, task) in plan.tasks.enumerated() {
            lines.append("  subgraph task\(index)[\(label([task.id]))]")
            lines += chain(of: task, index).map { "    \($0)" }
            lines.append("  end")
            edges += links(of: task, index)
        }
        for (index, backend) in plan.backends.enumerated() {
            lines.append("  model\(index)([\(label([backend.id, model(of: backend) ?? backend.typeKey]))])")
        }
        for (index, profile) in plan.sandboxProfiles.enumerated() {
            lines.append("  box\(index)[[\(label([profile.id, profile.runtimeKey]))]]")
        }
        lines.append("  report{{\(label(["report"] + plan.summaryGenerators.map(\.id)))}}")
        return (lines + edges.map { "  \($0)" }).joined(separator: "\n") + "\n"
    }

    private func chain(of task: PlannedTask, _ index: Int) -> [String] {
        var lines: [String] = []
        var boxes = ["t\(index)data[(\(label([task.dataset.id, task.dataset.loaderKey])))]"]
        if let preprocessor = task.dataset.preprocessorKey {
            boxes.append("t\(index)prep[\(label(["preprocess", preprocessor]))]")
        }
        for (position, step) in task.steps.enumerated() {
            let parts =
                step.adapter.map { [step.kind.rawValue, $0.id, $0.implementationKey] }
                ?? [step.kind.rawValue] + task.metrics.map(\.id)
            boxes.append("t\(index)s\(position)[\(label(parts))]")
        }
        lines += boxes
        let names = boxes.map { String($0.prefix { $0 != "[" }) }
        lines.append(names.joined(separator: " --> "))
        return lines
    }

    private func links(of task: PlannedTask, _ index: Int) -> [String] {
        var edges: [String] = []
        for (position, step) in task.steps.enumerated() {
            guard let adapter = step.adapter else { continue }
            let name = "t\(index)s\(position)"
            if let backend = backend(of: adapter), let found = plan.backends.firstIndex(where: { $0.id == backend.id })
            {
                edges.append("\(name) -.-> model\(found)")
            }
            if let sandbox = adapter.sandbox,
                let found = plan.sandboxProfiles.firstIndex(where: { $0.id == sandbox.profileID })
            {
                edges.append("\(name) -.-> box\(found)")
            }
        }
        edges.append("t\(index)s\(task.steps.count - 1) --> report")
        return edges
    }

    /// A label of several lines, with what Mermaid would take for syntax written as entities.
    private func label(_ lines: [String]) -> String {
        let escaped = lines.map { line in
            line.map { character in
                switch character {
                case "\"": "#quot;"
                case "<": "#lt;"
                case ">": "#gt;"
                case "#": "#35;"
                default: String(character)
                }
            }.joined()
        }
        return "\"\(escaped.joined(separator: "<br/>"))\""
    }
}
