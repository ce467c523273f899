import JSON

extension ReportPage {
    /// Where the time went: the run's pace, the backends' limits, the steps.
    var time: Section? {
        let timings = summary.at("run.timings") ?? [:]
        var body: HTML = Self.figures(timeFigures(timings))
        var plots: [HTML] = []
        if let activity = activityPlot(timings["activity"]) { plots.append(activity) }
        let backends = timings["backends"]?.arrayValue ?? []
        plots += backends.prefix(12).enumerated().compactMap { backendPlot($0.element, number: $0.offset) }
        if !plots.isEmpty { body += Self.charts(plots) }
        if let table = backendTable(backends) { body += table }
        if let table = stepTable(timings["steps"]?.objectValue ?? [:]) { body += table }
        return Section(id: "time", title: "Time and concurrency", link: "Time", body: body)
    }

    private func timeFigures(_ timings: JSONValue) -> [(name: String, value: String)] {
        var entries: [(name: String, value: String)] = []
        let wall = timings["wall_runtime_s"]?.doubleValue
        if let wall { entries.append(("wall time", NumberText.duration(wall))) }
        if let inference = timings["inference_s"]?.doubleValue {
            entries.append(("inference, all episodes", NumberText.duration(inference)))
        }
        let count = summary["sample_count"]?.intValue ?? 0
        if let wall, wall > 0, count > 0 {
            entries.append(("episodes a minute", NumberText.short((Double(count) / wall * 60).rounded())))
        }
        if let sessions = timings["sessions"]?.intValue, sessions > 1 { entries.append(("sessions", "\(sessions)")) }
        return entries
    }

    private func activityPlot(_ activity: JSONValue?) -> HTML? {
        guard let range = activity?["range_s"]?.doubleValue,
            let busy = activity?["in_flight"]?.arrayValue?.compactMap(\.doubleValue), busy.count > 2
        else { return nil }
        var points = busy.enumerated().map { (time: Double($0.offset) * range, value: $0.element) }
        points.append((Double(busy.count) * range, busy.last ?? 0))
        let most = busy.max() ?? 0
        let mean = busy.reduce(0, +) / Double(busy.count)
        return TimePlot(
            id: "activity", title: "Episodes under way",
            caption: "\(NumberText.fixed(mean, digits: 1)) on average, \(NumberText.fixed(most, digits: 1)) at most",
            series: [TimePlot.Series(name: "episodes", points: points, isFilled: true)]
        ).figure
    }

    private func backendPlot(_ backend: JSONValue, number: Int) -> HTML? {
        let history = backend["history"]?.arrayValue ?? []
        let moments = history.compactMap { point -> (time: Double, limit: Double, busy: Double, why: String)? in
            guard let time = point["t"]?.doubleValue, let limit = point["limit"]?.doubleValue else { return nil }
            return (time, limit, point["in_flight"]?.doubleValue ?? 0, point["why"]?.stringValue ?? "")
        }
        guard moments.count > 1, let last = moments.last else { return nil }
        let cuts = moments.filter { !["", "start", "raise", "end"].contains($0.why) }
        var reasons: [String: Int] = [:]
        for cut in cuts { reasons[cut.why, default: 0] += 1 }
        let words = reasons.keys.sorted().map { "\(reasons[$0] ?? 0) × \($0)" }.joined(separator: ", ")
        let caption =
            "limit \(NumberText.short(last.limit)) at the end, \(NumberText.short(moments.map(\.limit).min() ?? 0)) to "
            + "\(NumberText.short(moments.map(\.limit).max() ?? 0))"
            + (words.isEmpty ? "; never slowed down" : "; slowed down by \(words)")
        return TimePlot(
            id: "backend-\(number)", title: "Concurrency of \(backend["backend"]?.stringValue ?? "")", caption: caption,
            series: [
                TimePlot.Series(name: "in flight", points: moments.map { ($0.time, $0.busy) }, isFilled: true),
                TimePlot.Series(name: "limit", points: moments.map { ($0.time, $0.limit) }, isFilled: false),
            ], events: cuts.map { ($0.time, $0.why) }
        ).figure
    }

    private func backendTable(_ backends: [JSONValue]) -> HTML? {
        guard !backends.isEmpty else { return nil }
        let columns: [Column] = [
            .text("backend"), .number("requests"), .number("answered"), .number("cached"), .number("retried"),
            .number("throttled"), .number("waited"), .number("latency p50"), .number("p95"), .number("concurrency"),
        ]
        let rows = backends.map { backend -> [HTML] in
            func count(_ key: String) -> HTML { Self.cell(backend[key]?.intValue.map(NumberText.count) ?? "–") }
            func seconds(_ value: JSONValue?) -> HTML { Self.cell(value?.doubleValue.map(NumberText.duration) ?? "–") }
            let concurrency = backend["concurrency"]
            let range = [concurrency?["least"], concurrency?["most"]].map {
                $0?.doubleValue.map(NumberText.short) ?? "–"
            }
            return [
                Self.cell(backend["backend"]?.stringValue ?? ""), count("requests"), count("answered"), count("cached"),
                count("retried"), count("throttled"), seconds(backend["wait_seconds"]),
                seconds(backend.at("latency_seconds.p50")), seconds(backend.at("latency_seconds.p95")),
                Self.cell(range[0] == range[1] ? range[0] : "\(range[0]) … \(range[1])"),
            ]
        }
        return "<h3>Backends</h3>\(Self.table("Traffic of backends", columns, rows))"
    }

    private func stepTable(_ steps: JSONObject) -> HTML? {
        guard !steps.isEmpty else { return nil }
        let rows = steps.prefix(Self.rowLimit).map { name, figures -> [HTML] in
            func seconds(_ key: String) -> HTML { Self.cell(figures[key]?.doubleValue.map(NumberText.duration) ?? "–") }
            return [Self.cell(name), seconds("total"), seconds("p50"), seconds("p95"), seconds("max")]
        }
        let columns: [Column] = [
            .text("step"), .number("total"), .number("median"), .number("p95"), .number("longest"),
        ]
        return "<h3>Steps</h3>\(Self.table("Time by step", columns, Array(rows)))"
    }
}
