import Evaluation
import JSON

/// Episodes for tests of what people see of them.
enum TranscriptFixture {
    /// A dialogue with a call, its result, and a judge who checked it.
    static func record(
        answer: String = "It is cancelled.", outcome: Outcome = .scored, output: JSONObject = [:],
        edit: (inout Episode) -> Void = { _ in }
    ) -> EpisodeRecord {
        var episode = Episode(
            id: EpisodeID(task: "shop", sample: "cancel", trial: 0), seed: 1,
            sample: Sample(id: "cancel", messages: []))
        let call = ToolCall(
            id: "call_0", name: "cancel_order", arguments: ["order_id": "#W1", "reason": "no longer needed"])
        episode.trajectory.entries = [
            Trajectory.Entry(.user("Please cancel #W1."), by: .user),
            Trajectory.Entry(.assistant(nil, toolCalls: [call]), by: .agent),
            Trajectory.Entry(
                .tool(ToolResult(content: #"{"status":"cancelled"}"#), answering: call), by: .environment,
                requester: .agent),
            Trajectory.Entry(.assistant(answer), by: .agent),
        ]
        episode.trajectory.entries[1].usage = Usage(inputTokens: 100, outputTokens: 10)
        episode.trajectory.entries[1].model = "m"
        episode.trajectory.termination = .userStop
        episode.prediction = Prediction(answer: answer)
        if !output.isEmpty { episode.verdicts = [Verdict(judge: "judge", output: output)] }
        if outcome == .scored { episode.scores = [Score(metric: "reward", values: ["reward": 0])] }
        edit(&episode)
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: 1_000, duration: 2)
    }

    /// What a model could say to harm who reads it.
    static let hostileTexts = [
        "<script>alert(1)</script>", "</div></article><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)",
        "javascript:alert(1)", "</style><style>*{display:none}</style>", "{{{title}}}", "<!-- ", "]]>", "&lt;b&gt;",
        "\u{1B}[2J\u{1B}]0;owned\u{07}", "\u{9B}31m", "a\rb", "\u{202E}txt.exe", "\u{0}\u{8}\u{7F}",
        "data:text/html,<script>alert(1)</script>",
        "--- a\n+++ b\n@@ -1 +1 @@\n-<script>\n+</pre><script>alert(1)</script>",
        "{\"</pre><script>alert(1)</script>\": \"<svg onload=alert(1)>\"}",
    ]

    /// An episode in which a text stands everywhere where a text can stand.
    static func hostile(_ text: String) -> EpisodeRecord {
        var error = EvaluationError(.judgeFailed, text, cause: .task)
        error.advice = text
        return record(
            answer: text,
            output: [text: .string(text), "checks": [["name": .string(text), "met": false, "reason": .string(text)]]]
        ) { episode in
            let call = ToolCall(id: text, name: text, arguments: [text: .string(text)])
            episode.trajectory.entries += [
                Trajectory.Entry(.assistant(text, toolCalls: [call]), by: .agent),
                Trajectory.Entry(
                    .tool(ToolResult(content: text, isError: true), answering: call), by: .environment,
                    requester: .agent),
                Trajectory.Entry(
                    Message(
                        role: .user,
                        content: .segments([
                            .text(text), .other(["type": .string(text), text: ["url": .string(text)]]),
                            .other([
                                "type": "image_url", "image_url": ["url": .string("data:image/png;base64,\(text)")],
                            ]),
                        ]), name: text, reasoning: text), by: .user),
            ]
            episode.trajectory.entries[4].model = text
            episode.trajectory.entries[4].finishReason = text
            episode.trajectory.termination = Termination(text)
            episode.prediction?.artifacts = [
                text: .string(text), "patch": .string("--- \(text)\n+++ b\n@@ -1 +1 @@\n-\(text)\n+x"),
            ]
            episode.verdicts.append(
                Verdict(
                    judge: text,
                    output: [
                        "world_difference": [["path": .string(text), "old": .string(text), "new": .string(text)]]
                    ], unscorableReason: text))
            episode.scores = [Score(metric: text, values: [text: 0.5], explanation: text)]
        }
    }
}
