import JSON

extension ReportPage {
    /// What was run: seeds, versions, data, configuration, and how far its scores can be taken for official ones.
    var run: Section {
        let run = summary["run"] ?? [:]
        var rows: [[HTML]] = []
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { rows.append(["\(name)", "<span class=\"mono\">\(value)</span>"]) }
        }
        add("run", run["run_id"]?.stringValue)
        add("directory", run["run_dir"]?.stringValue)
        add("started", run["started_at"]?.stringValue)
        add("gage", run["gage_version"]?.stringValue)
        add("seed", run["seed"].map { $0.stringValue ?? $0.text() })
        add("plan digest", run["plan_digest"]?.stringValue)
        for backend in run.at("metadata.backends")?.arrayValue ?? [] {
            let model = backend.at("config.model")?.stringValue ?? ""
            add("backend \(backend["backend_id"]?.stringValue ?? "")", "\(backend["type"]?.stringValue ?? "") \(model)")
        }
        for (name, value) in run.at("metadata.environment")?.objectValue ?? [:] {
            add(name.replacing("_", with: " "), value.stringValue ?? value.text())
        }
        var body = fidelity
        body += Self.table("Facts about the run", [.text("fact"), .text("value")], rows)
        body += data
        body += """
            <details class="fold"><summary>Configuration</summary><div class="inside"><pre>\(content.configuration)</pre>\
            </div></details>
            """
        return Section(id: "run", title: "The run", link: "Run", body: body)
    }

    private var fidelity: HTML {
        let statements = summary["fidelity"]?.arrayValue ?? []
        let items = statements.map { entry -> HTML in
            let version = entry["compared_with"]?.stringValue
            let with: HTML? = version.map { "<p class=\"faint\">compared with \($0)</p>" }
            return """
                <div class="fidelity"><h3>Fidelity to \(entry["benchmark"]?.stringValue ?? "")</h3>\
                <p>\(entry["statement"]?.stringValue ?? "")</p>\(with)</div>
                """
        }
        return "\(items)"
    }

    /// What is known about the data: paths, revisions, digests.
    private var data: HTML {
        let tasks = (summary["tasks"]?.arrayValue ?? []).prefix(40).compactMap { task -> HTML? in
            guard let facts = task["dataset_metadata"]?.objectValue, !facts.isEmpty else { return nil }
            let rows = facts.map { name, value -> [HTML] in
                let text = TranscriptContent.cut(value.stringValue ?? value.text(), to: 1_000).kept
                return ["\(name.replacing("_", with: " "))", "<span class=\"mono\">\(text)</span>"]
            }
            return """
                <details class="fold"><summary>Data of \(task["task_id"]?.stringValue ?? "")</summary>\
                <div class="inside">\(Self.table("Data", [.text("fact"), .text("value")], rows))</div></details>
                """
        }
        return "\(Array(tasks))"
    }
}
