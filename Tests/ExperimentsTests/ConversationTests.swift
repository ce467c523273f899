import Evaluation
import Foundation
import JSON
import Statistics
import Testing

@testable import Experiments

@Suite("Conversations of a study")
struct ConversationTests {
    @Test("The shipped lexicon is the compiled-in text")
    func lexiconFile() throws {
        let checkout = URL(filePath: #filePath).resolvingSymlinksInPath().pathComponents.dropLast(3).dropFirst()
        let path = "/" + checkout.joined(separator: "/") + "/config/experiments/emotion_lexicon.yaml"
        #expect(try String(contentsOfFile: path, encoding: .utf8) == EmotionLexicon.standardText)
        #expect(EmotionLexicon.standard.emotions.map(\.name) == ["frustration", "anxiety", "anger", "confusion"])
    }

    @Test("No phrase belongs to two emotions")
    func lexiconIsDisjoint() {
        var seen: [String: String] = [:]
        for emotion in EmotionLexicon.standard.emotions {
            for phrase in emotion.phrases {
                #expect(seen.updateValue(emotion.name, forKey: phrase) == nil, "\(phrase)")
            }
        }
    }

    @Test(
        "Phrases are whole words, the longest counts once",
        arguments: [
            ("I am FED UP with this.", 1), ("I'm frustrated and annoyed!", 2), ("sick and tired of it", 1),
            ("fedup", 0), ("I was fed, up and running", 1), ("come on, come on", 2), ("", 0), ("don’t frustrate me", 1),
        ])
    func matching(text: String, count: Int) {
        let matcher = PhraseMatcher(["frustrat*", "annoy*", "fed up", "sick and tired of", "tired of", "come on"])
        #expect(matcher.count(in: Words.of(text)) == count)
    }

    @Test("What a prompt quotes is no evidence")
    func heldOut() throws {
        let lexicon = try EmotionLexicon(
            text: "version: 1\nemotions: [{name: anger, phrases: [outrageous, livid, fur*]}]", file: "l.yaml")
        let scales = lexicon.heldOut(from: ["You are furious: \"this is outrageous\"."])
        #expect(scales[0].matcher.count(in: Words.of("outrageous, I am livid and furious")) == 1)
    }

    @Test("Thoughts that leaked into a message are cut out and counted")
    func thoughts() {
        #expect(Thoughts.cut(from: "a <think>b</think> c") == ("a  c", 1))
        #expect(Thoughts.cut(from: "<think>b\n\nc") == ("c", 1))
        #expect(Thoughts.cut(from: "x <think>b") == ("x ", 1))
        #expect(Thoughts.cut(from: "plain") == ("plain", 0))
    }

    @Test("Facts are counted as stated, and as invented when nobody has named them")
    func facts() {
        let instruction = "You are yusuf_rossi_9620 in zip 19122. Exchange order #W2378156."
        var trajectory = Trajectory()
        trajectory.entries = [
            .init(.user("Hi, it is order W2378156, I live in 19122."), by: .user),
            .init(.assistant("Is it item 1151293680?"), by: .agent),
            .init(.user("Yes, 1151293680, and order #W9999999."), by: .user),
        ]
        let conversation = Conversation(trajectory)
        let facts = GoalFacts(instruction)
        #expect(facts.shareStated(in: conversation.userTexts) == 2.0 / 3)
        #expect(facts.invented(in: conversation) == 1)
        #expect(GoalFacts("Be brief.").shareStated(in: ["hello"]) == nil)
    }

    @Test("Tool calls and their results are no text; capitals of the instruction are no shouting")
    func measures() throws {
        var trajectory = Trajectory()
        var call = Message.assistant(nil, toolCalls: [ToolCall(id: "1", name: "find", arguments: [:])])
        call.toolCalls[0].name = "find"
        trajectory.entries = [
            .init(.user("I WANT a flight to JFK! Sorry?"), by: .user), .init(call, by: .agent),
            .init(Message(role: .tool, content: .text("{}")), by: .environment, requester: .agent),
            .init(.assistant("I am sorry. I understand. Please wait."), by: .agent),
            .init(.user("I want a flight to JFK now ###STOP###"), by: .user),
        ]
        let scales = ConversationMeasures.Scales(.standard, variants: Study.variants(["control", "anger"]))
        let found = ConversationMeasures(
            Conversation(trajectory), instruction: "Fly to JFK.", transferred: true, scales: scales)
        #expect(found.values["turns"] == 3)
        #expect(found.values["tool_calls"] == 1)
        #expect(found.values["user_words"] == 14)
        #expect(found.values["agent_words"] == 7)
        #expect(found.values["user_capitals"] == 100.0 / 14)
        #expect(found.values["user_exclamations"] == 100.0 / 14)
        #expect(found.values["agent_apologies"] == 100.0 / 7)
        #expect(found.values["agent_empathy"] == 100.0 / 7)
        #expect(found.values["agent_politeness"] == 100.0 / 7)
        #expect(found.values["user_repetitions"] == 0.5)
        #expect(found.values["transferred"] == 1)
    }

    private func conversations(_ text: (String, Int) -> String) -> ManipulationCheck {
        let design = Study.design(["control", "anger", "anxiety", "placebo"], tasks: ["retail": 20])
        let scales = ConversationMeasures.Scales(.standard, variants: design.variants)
        var found: [MeasuredConversation] = []
        for variant in design.variants {
            for task in 0..<20 {
                var trajectory = Trajectory()
                trajectory.entries = [.init(.user("My order is late. " + text(variant.name, task)), by: .user)]
                let conversation = Conversation(trajectory)
                found.append(
                    MeasuredConversation(
                        place: .init(environment: "retail", variant: variant.name, task: "\(task)", trial: 0),
                        measures: ConversationMeasures(
                            conversation, instruction: "", transferred: false, scales: scales),
                        excerpt: []))
            }
        }
        return ManipulationCheck(
            environment: "retail", conversations: found, design: design,
            emotions: EmotionLexicon.standard.emotions.map(\.name), settings: Study.settings)
    }

    @Test("Users who show the emotion in words of their own demonstrate the manipulation; those who quote do not")
    func manipulation() throws {
        let check = conversations { variant, _ in
            switch variant {
            case "anger": "This is unacceptable, I am furious!"
            case "anxiety": "I feel quoted anxiety."
            default: "Please help."
            }
        }
        let verdicts = check.rows.map(\.verdict)
        #expect(verdicts == [.notApplicable, .demonstrated, .notDemonstrated, .notApplicable])
        #expect(check.rows[1].ranksFirst == true)
        #expect(check.rows[1].thirds.count == 3)
        let quoted = check.rows[2].prompted.first { $0.emotion == "anxiety" }?.mean ?? 0
        #expect(quoted > 0)
        #expect(check.rows[2].heldOut.first { $0.emotion == "anxiety" }?.mean == 0)
    }

    @Test("A variant that changed nothing is reported as such, not as robustness")
    func nothingChanged() throws {
        let check = conversations { _, _ in "Please help." }
        #expect(check.rows.filter { $0.emotion != nil }.allSatisfy { $0.verdict == .notDemonstrated })
        #expect(check.rows.filter { $0.emotion != nil }.allSatisfy { $0.pValue == 1 })
    }

    @Test("A blind judge is measured against the truth and against a second one")
    func judgement() {
        let findings: [(truth: String, given: [String?])] = [
            ("anger", ["anger", "anger"]), ("none", ["none", "anger"]), ("anger", ["none", nil]),
            ("none", ["none", "none"]),
        ]
        let found = EmotionJudgement(judges: ["a", "b"], labels: ["none", "anger"], findings: findings)
        #expect(found.accuracy == 0.75)
        #expect(found.confusion == [[2, 0], [1, 1]])
        #expect(found.unreadable == 1)
        #expect(abs((found.kappa?.value ?? 0) - 0.5) < 1e-12)
        #expect(found.betweenJudges != nil)
    }
}
