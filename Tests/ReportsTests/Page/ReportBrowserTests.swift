import Evaluation
import Glibc
import JSON
import Processes
import Reports
import Testing

/// The report in a real browser, driven by the kept script.
///
/// `scripts/browser-environment` prepares the browser and says what to put into the environment.
@Suite("report.html in a browser", .serialized)
struct ReportBrowserTests {
    private static let python: String? = {
        let path = getenv("GAGE_BROWSER_PYTHON").map { String(cString: $0) }
        if path == nil { print("skipped: GAGE_BROWSER_PYTHON is not set; scripts/browser-environment says to what") }
        return path
    }()

    private static let script =
        #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(3).joined(separator: "/") + "/Browser/check_page.py"

    /// Whether a hostile text ran shows in the console, in a dialog or in a request that the page may not make.
    @Test("it looks right, complains of nothing, and hostile transcripts stay text", .enabled(if: python != nil))
    func looks() async throws {
        var template = Array("/tmp/gage-report-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { for name in Self.pages.map(\.name) { unlink("\(directory)/\(name)") }; rmdir(directory) }
        for page in Self.pages {
            let file = try #require(fopen("\(directory)/\(page.name)", "w"))
            fputs(page.html, file)
            fclose(file)
        }
        var command = ProcessCommand(
            Self.python ?? "python3", [Self.script, "--open-details"] + Self.pages.map { "\(directory)/\($0.name)" })
        command.environment = .inheritAdding(["PYTHONDONTWRITEBYTECODE": "1"])
        command.deadline = .seconds(240)
        let result = try await Processes.run(command)
        let failed = result.standardOutput.text.split(separator: "\n").filter { $0.contains("\"ok\": false") }
        #expect(failed.isEmpty, "\(failed.joined(separator: "\n"))")
        #expect(result.termination == .exited(0), "\(result.standardError.text.suffix(2_000))")
    }

    private static let pages: [(name: String, html: String)] = [
        ("empty.html", ReportPage(ReportPage.Content(summary: [:], configuration: "")).html()),
        ("full.html", page(TranscriptFixture.hostileTexts.map { TranscriptView(TranscriptFixture.hostile($0)) })),
    ]

    private static func page(_ failures: [TranscriptView]) -> String {
        var content = ReportPage.Content(summary: summary, configuration: "seed: 1")
        (content.failures, content.failureCount) = (failures, failures.count)
        content.tables = [SummaryTable(title: "By user", columns: ["user", "n"], rows: [["<b>novice</b>", "3"]])]
        return ReportPage(content).html()
    }

    private static let summary: JSONValue = {
        let metric: JSONValue = [
            "metric_id": "reward", "raw_values": ["reward": 0.25, "</td>": 2], "intervals": ["reward": [0.1, 0.4]],
            "count": 4, "coverage": ["planned": 5],
        ]
        let spread: JSONValue = [
            "count": 5, "min": 1, "p25": 2, "p50": 3, "p75": 4, "max": 9,
            "bins": ["lower": 1, "width": 1, "counts": [1, 2, 1, 0, 1], "above": 1],
        ]
        let history: JSONValue = [
            ["t": 0, "limit": 8, "in_flight": 0, "why": "start"], ["t": 2, "limit": 4, "in_flight": 8, "why": "429"],
            ["t": 5, "limit": 5, "in_flight": 4, "why": "raise"],
        ]
        return [
            "run": [
                "run_id": "r", "config_name": "<script>alert(1)</script>", "status": "interrupted",
                "status_reason": "a budget is used up",
                "timings": [
                    "wall_runtime_s": 12, "episode_s": spread, "backends": [["backend": "m", "history": history]],
                    "activity": ["range_s": 1, "finished": [1, 1, 2], "in_flight": [1, 2, 1]],
                    "steps": ["inference": ["total": 3, "p50": 1, "p95": 1, "max": 1]],
                ],
            ],
            "outcomes": [
                "planned": 5, "scored": 3, "errored": 1, "unscorable": 1, "errors_by_cause": ["task": 1],
                "first_errors": [
                    ["code": "a.b", "cause": "task", "count": 1, "message": "<img src=x onerror=alert(1)>"]
                ],
            ],
            "tasks": [["task_id": "shop", "metrics": [metric]], ["task_id": "office", "metrics": [metric]]],
            "domains": ["retail": ["metrics": [metric]], "<i>": ["metrics": [metric]]],
            "distributions": ["turns": spread, "output_tokens": spread],
            "reliability": [
                [
                    "task_id": "shop",
                    "curve": [
                        ["k": 1, "pass_hat_k": 0.5, "pass_at_k": 0.5, "samples": 4, "interval": [0.2, 0.8]],
                        ["k": 2, "pass_hat_k": 0.3, "pass_at_k": 0.7, "samples": 4, "interval": [0.1, 0.6]],
                    ],
                ]
            ],
            "usage_by_model": [["model": "m", "speaker": "agent", "calls": 3, "input_tokens": 10]],
            "fidelity": [["benchmark": "shop", "compared_with": "1.0", "statement": "All agree."]],
        ]
    }()
}
