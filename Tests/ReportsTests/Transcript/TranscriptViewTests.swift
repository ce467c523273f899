import Evaluation
import JSON
import Reports
import Testing

@Suite("Transcripts")
struct TranscriptViewTests {
    @Test func aResultStandsWithItsCall() throws {
        let view = TranscriptView(TranscriptFixture.record())
        #expect(view.entries.map(\.index) == [0, 1, 3])
        let call = try #require(view.entries[1].calls.first)
        #expect(call.name == "cancel_order")
        #expect(call.brief == "order_id: #W1, reason: no longer needed")
        #expect(call.result?.index == 2)
        #expect(call.result?.content.shape == .json)
        #expect(view.headline == "ended by user stop")
        #expect(!view.succeeded)
    }

    @Test func repeatedIdentifiersAreAnsweredInOrder() throws {
        let view = TranscriptView(
            TranscriptFixture.record { episode in
                let again = ToolCall(id: "call_0", name: "second", arguments: [:])
                episode.trajectory.entries += [
                    Trajectory.Entry(.assistant(nil, toolCalls: [again]), by: .agent),
                    Trajectory.Entry(
                        .tool(ToolResult(content: "later"), answering: again), by: .environment, requester: .agent),
                ]
            })
        #expect(view.entries[1].calls.first?.result?.index == 2)
        #expect(view.entries.last?.calls.first?.result?.content.text == "later")
    }

    @Test func aResultThatAnswersNothingStandsAlone() {
        let view = TranscriptView(
            TranscriptFixture.record { episode in
                let lost = ToolCall(id: "lost", name: "lost", arguments: [:])
                episode.trajectory.entries.append(
                    Trajectory.Entry(.tool(ToolResult(content: "x", isError: true), answering: lost), by: .environment))
            })
        #expect(view.entries.last?.role == .tool)
        #expect(view.entries.last?.isError == true)
    }

    @Test func pointsThatAJudgeCheckedCiteTheMessagesThatTheyAreAbout() throws {
        let view = TranscriptView(
            TranscriptFixture.record(output: [
                "bench": [
                    "action_checks": [
                        [
                            "action": [
                                "name": "cancel_order", "arguments": ["order_id": "#W1", "reason": "no longer needed"],
                            ], "action_match": true,
                        ],
                        ["action": ["name": "refund", "arguments": ["amount": 5]], "action_match": false],
                    ],
                    "communicate_checks": [["info": "CANCELLED", "met": true, "justification": "said so"]],
                    "assertions": [["name": "polite", "passed": false, "message_index": 3]],
                ]
            ]))
        #expect(view.findings.map(\.passed) == [true, false, true, false])
        #expect(view.findings.map(\.cites) == [[1], [], [3], [3]])
        #expect(view.findings[1].title == "refund(amount: 5)")
        #expect(view.entries[1].citedBy == [0])
        #expect(view.entries[2].citedBy == [2, 3])
    }

    @Test func patchesAndDifferencesOfWorldsAreRecognised() {
        let patch = "diff --git a/x.sh b/x.sh\n--- a/x.sh\n+++ b/x.sh\n@@ -1,2 +1 @@\n--- old\n-b\n+a\n"
        let view = TranscriptView(
            TranscriptFixture.record(output: ["tau": ["world_difference": [["path": "/orders/1", "old": 1, "new": 2]]]])
            {
                $0.prediction?.artifacts = ["model_patch": .string(patch), "note": "no patch"]
            })
        #expect(view.patches.map(\.name) == ["model_patch"])
        guard case .diff(let diff) = view.patches.first?.content.shape else { return #expect(Bool(false)) }
        #expect((diff.added, diff.removed, diff.files) == (1, 2, ["x.sh"]))
        #expect(view.worldChanges.map(\.path) == ["/orders/1"])
        #expect(view.worldChanges.map { [$0.old, $0.new] } == [["1", "2"]])
    }

    @Test func longDialoguesKeepTheirEnds() {
        let view = TranscriptView(
            TranscriptFixture.record { episode in
                episode.trajectory.entries = (0..<100).map { Trajectory.Entry(.user("\($0)"), by: .user) }
            }, limits: TranscriptLimits(text: 4, messages: 9))
        #expect(view.entries.map(\.index) == [0, 1, 2] + Array(94..<100))
        #expect(view.omitted?.count == 91)
    }

    @Test func aTextIsCutBetweenCharacters() {
        let content = TranscriptContent("ää€uro", limit: 6)
        #expect(content.text == "ää")
        #expect(content.omitted == 6)
    }

    @Test func onlyPicturesOfSafeKindsAreShown() {
        func shown(_ url: String) -> String? {
            TranscriptView(
                TranscriptFixture.record { episode in
                    let picture: JSONObject = ["type": "image_url", "image_url": ["url": .string(url)]]
                    episode.trajectory.entries = [
                        Trajectory.Entry(Message(role: .user, content: .segments([.other(picture)])), by: .user)
                    ]
                }
            ).entries.first?.attachments.first?.picture
        }
        #expect(shown("data:image/png;base64,iVBORw0KGgo=") != nil)
        for url in [
            "https://example.com/x.png", "data:image/svg+xml;base64,AAAA", "data:text/html;base64,AAAA",
            "data:image/png;base64,AA\"onerror=x", "javascript:alert(1)",
        ] { #expect(shown(url) == nil, "\(url)") }
    }
}

@Suite("Hostile transcripts")
struct HostileTranscriptTests {
    @Test(arguments: TranscriptFixture.hostileTexts)
    func nothingThatAModelSaysBecomesMarkup(text: String) {
        let view = TranscriptView(TranscriptFixture.hostile(text))
        let page = TranscriptHTML.fragment(view)
        let plain = TranscriptHTML.fragment(TranscriptView(TranscriptFixture.hostile("plain words")))
        #expect(Self.tags(page) == Self.tags(plain) || text.hasPrefix("---") || text.hasPrefix("{"))
        for forbidden in [
            "<script", "<style", "<svg", "onerror=\"", "onmouseover=\"", "href=\"javascript", "src=\"http",
        ] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
    }

    /// The names of all tags, in order.
    private static func tags(_ page: String) -> [Substring] {
        page.split(separator: "<").dropFirst().map { $0.prefix { $0 != " " && $0 != ">" } }
    }

    @Test(arguments: TranscriptFixture.hostileTexts)
    func nothingThatAModelSaysReachesTheTerminalRaw(text: String) {
        for width in [20, 40, 80, 200] {
            let lines = TranscriptText.lines(
                TranscriptView(TranscriptFixture.hostile(text)), width: width, color: false)
            for line in lines {
                #expect(!line.unicodeScalars.contains { Self.isCommand($0) }, "\(line)")
                #expect(DisplayWidth.of(line) <= width, "\(line)")
            }
        }
    }

    private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    @Test func whatWouldHaveHappenedIsSeen() {
        #expect(VisibleText.make("\u{1B}[31mred\r\n\u{202E}x\u{9B}") == "␛[31mred\n⟨U+202E⟩x⟨U+009B⟩")
        #expect(VisibleText.oneLine("a\tb\nc\rd") == "a b c␍d")
        #expect(VisibleText.make("naïve – “ok” 👩‍👩‍👧") == "naïve – “ok” 👩‍👩‍👧")
    }

    @Test func coloursAreOursAlone() {
        let lines = TranscriptText.lines(
            TranscriptView(TranscriptFixture.hostile("\u{1B}[2J")), width: 60, color: true)
        let codes = lines.joined().split(separator: "\u{1B}").dropFirst().map { $0.prefix(3) }
        #expect(!codes.isEmpty)
        #expect(codes.allSatisfy { ["[0m", "[1m", "[2m", "[31", "[32", "[33", "[36"].contains($0) })
    }
}
