import Evaluation
import JSON
import Reports
import Testing

@Suite("report.html")
struct ReportPageTests {
    private static func page(_ summary: JSONValue, failures: [TranscriptView] = [], count: Int? = nil) -> String {
        var content = ReportPage.Content(summary: summary, configuration: "seed: 1")
        content.failures = failures
        content.failureCount = count ?? failures.count
        return ReportPage(content).html()
    }

    private static func summary(
        scored: Int = 0, errored: Int = 0, planned: Int = 0, metrics: JSONValue = []
    ) -> JSONValue {
        [
            "run": ["run_id": "r", "config_name": "suite", "status": "completed", "gage_version": "1"],
            "outcomes": ["planned": JSONValue(planned), "scored": JSONValue(scored), "errored": JSONValue(errored)],
            "tasks": [["task_id": "shop", "metrics": metrics]],
        ]
    }

    private static let metric: JSONValue = [
        "metric_id": "reward", "raw_values": ["reward": 0.25], "intervals": ["reward": [0.1, 0.4]], "count": 4,
        "coverage": ["planned": 5],
    ]

    @Test func theHeadlineHasItsIntervalAndCoverage() {
        let page = Self.page(Self.summary(scored: 4, errored: 1, planned: 5, metrics: [Self.metric]))
        #expect(page.contains("<p class=\"value\">0.250</p>"))
        #expect(page.contains("95 % interval 0.100 … 0.400"))
        #expect(page.contains("4 of 5 planned"))
        #expect(page.contains("4 of 5 episodes"))
    }

    @Test func aRunWithoutScoresSaysWhy() {
        #expect(
            Self.page(Self.summary(errored: 3, planned: 3)).contains(
                "every one failed for a reason that is not the agent"))
        #expect(Self.page(Self.summary(errored: 2, planned: 6)).contains("No episode was scored: 2 failed"))
        #expect(Self.page(Self.summary()).contains("No episode is planned."))
        #expect(Self.page([:]).contains("No episode was scored."))
    }

    @Test func thePageNeedsNothingFromElsewhere() {
        let page = Self.page(Self.summary(scored: 4, planned: 5, metrics: [Self.metric]))
        #expect(page.contains("default-src 'none'"))
        for word in ["<script", "http://", "https://", "<link", "@import", "url("] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(!page.contains(" style=\""))
    }

    @Test func everyLinkHasItsTarget() {
        let page = Self.page(
            Self.summary(scored: 4, planned: 5, metrics: [Self.metric]),
            failures: [TranscriptView(TranscriptFixture.record()), TranscriptView(TranscriptFixture.record())])
        let targets = page.ranges(of: "href=\"#").map { page[$0.upperBound...].prefix { $0 != "\"" } }
        #expect(targets.count > 8)
        for target in targets { #expect(page.contains("id=\"\(target)\""), "\(target)") }
        let ids = page.ranges(of: " id=\"").map { page[$0.upperBound...].prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count)
    }

    @Test func aPageOfManyLongFailuresStaysSmall() {
        let long = String(repeating: "<words & words> ", count: 20_000)
        let failures = (0..<60).map { _ in TranscriptView(TranscriptFixture.record(answer: long)) }
        let page = Self.page(Self.summary(scored: 100_000, planned: 100_000), failures: failures, count: 99_999)
        #expect(page.utf8.count < 2_000_000)
        #expect(page.contains("are too long for this page"))
        #expect(page.contains("60 of them stand here"))
        #expect(page.contains("gage show"))
    }

    @Test(arguments: TranscriptFixture.hostileTexts)
    func nothingOfASummaryBecomesMarkup(text: String) {
        let summary: JSONValue = [
            "run": [
                "run_id": .string(text), "config_name": .string(text), "status": .string(text),
                "status_reason": .string(text),
            ],
            "outcomes": [
                "scored": 1, "errored": 1, "planned": 2, "errors_by_cause": ["task": 1],
                "first_errors": [
                    ["code": .string(text), "message": .string(text), "advice": .string(text), "count": 1]
                ],
            ],
            "domains": [text: ["metrics": [Self.metric]], "b": ["metrics": [Self.metric]]],
            "usage_by_model": [["model": .string(text), "speaker": "agent", "calls": 1]],
            "tasks": [["task_id": .string(text), "metrics": [Self.metric], "dataset_metadata": [text: .string(text)]]],
        ]
        let page = Self.page(summary, failures: [TranscriptView(TranscriptFixture.hostile(text))])
        for forbidden in ["<script", "alert(1)>", "onerror=\"", "</style><style>"] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(page.ranges(of: "</style>").count == 1)
    }

    @Test func correctionsStandBesideTheOriginal() {
        var summary = Self.summary(scored: 4, planned: 5, metrics: [Self.metric])
        summary["metrics"] = [Self.metric]
        summary["amended"] = [
            "count": 1, "by": ["Ada"],
            "metrics": [
                [
                    "metric_id": "reward", "raw_values": ["reward": 0.5], "count": 3, "coverage": ["planned": 5],
                ]
            ],
        ]
        let page = Self.page(summary)
        #expect(page.contains("1 verdict was corrected by Ada"))
        #expect(
            page.contains(
                """
                <td class="number">0.250</td><td class="number">0.500</td><td class="number"></td>\
                <td class="number">3/5</td>
                """))
    }
}
