import Evaluation
import Glibc
import JSON
import Processes
import Server
import Storage
import Testing

/// The viewer in a real browser, driven by the kept script.
///
/// `scripts/browser-environment` prepares the browser and says what to put into the environment.
@Suite("The viewer in a browser", .serialized)
struct ViewerBrowserTests {
    static let variable = "GAGE_BROWSER_PYTHON"

    static let python: String? = {
        let path = getenv(variable).map { String(cString: $0) }
        if path == nil { print("skipped: \(variable) is not set; scripts/browser-environment says to what") }
        return path
    }()

    private static let scripts =
        #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(3).joined(separator: "/") + "/Browser"

    @Test(
        "people find, read, compare and annotate episodes, and hostile ones do nothing", .enabled(if: python != nil),
        arguments: ["--flows", "--looks"])
    func flows(_ part: String) async throws {
        try await ViewerHarness.run({ directory in
            try await ViewedRun.make("first", in: directory, Self.episodes(betterBy: 0))
            try await ViewedRun.make("second", in: directory, Self.episodes(betterBy: 1))
            try await ViewedRun.make("hostile", in: directory, HostileTranscriptTests.episodes())
        }) { viewer in
            var command = ProcessCommand(
                Self.python ?? "python3",
                [Self.scripts + "/viewer_flows.py", part, viewer.baseURL + "/?token=" + viewer.token])
            command.environment = .inheritAdding(["PYTHONDONTWRITEBYTECODE": "1"])
            command.deadline = .seconds(240)
            let result = try await Processes.run(command)
            let failed = result.standardOutput.text.split(separator: "\n").filter { $0.contains("\"ok\": false") }
            #expect(failed.isEmpty, "\(failed.joined(separator: "\n"))")
            #expect(result.termination == .exited(0), "\(result.standardError.text.suffix(2_000))")
        }
    }

    /// A shop's dialogues: some pass, some fail, one has an error, one a patch.
    private static func episodes(betterBy advantage: Int) -> [EpisodeRecord] {
        let failure = EvaluationError(.providerTimeout, "the model gave no answer within 60 s", cause: .provider)
        return (0..<12).map { number in
            let score = (number + advantage).isMultiple(of: 3) ? 0.0 : 1.0
            return ViewedRun.episode(
                "order_\(number)",
                number.isMultiple(of: 4) ? "Your refund is on its way." : "I have changed the address of your order.",
                score: score, outcome: number == 7 ? .errored(failure) : .scored,
                tool: (
                    "get_order", ["order_id": .string("#W100000\(number)"), "fields": ["status", "items"]],
                    "{\"order_id\": \"#W100000\(number)\", \"status\": \"pending\", \"items\": [\"fern\", \"lamp\"]}"
                ))
        }
    }
}
