import JSON
import Testing

@testable import Pause

@Suite("Votes, choice and targets")
struct PauseAnnotationRulesTests {
    // MARK: Votes

    private static func vote(_ logic: Bool, _ parameters: Bool, _ policy: Bool) -> PauseAnnotation {
        PauseAnnotation(isLogicCorrect: logic, areParametersCorrect: parameters, isPolicyCorrect: policy)
    }

    @Test(arguments: [
        // One judge decides alone.
        ([vote(true, true, true)], true),
        ([vote(true, true, false)], false),
        // Of two both have to agree, but one suffices for the policy.
        ([vote(true, true, true), vote(true, true, false)], true),
        ([vote(true, true, true), vote(false, true, true)], false),
        ([vote(true, true, true), vote(true, false, true)], false),
        ([vote(true, true, false), vote(true, true, false)], false),
        // Of three two.
        ([vote(true, true, false), vote(true, true, false), vote(false, false, true)], true),
        ([vote(true, true, true), vote(false, true, true), vote(false, true, true)], false),
        ([], false),
    ])
    func annotationsAreVotedOn(annotations: [PauseAnnotation], passes: Bool) {
        #expect(PauseAnnotation.vote(annotations).passes == passes)
    }

    @Test func theFirstSummaryThatSaysSomethingCounts() {
        let votes = [PauseAnnotation(), PauseAnnotation(summary: "did it"), PauseAnnotation(summary: "else")]
        #expect(PauseAnnotation.vote(votes).summary == "did it")
    }

    @Test func aJudgeWithoutComplaintHasNoneAboutThePolicy() throws {
        let answer: JSONObject = [
            "tool_calling_logic_correct": true, "tool_calling_parameter_correct": "True",
            "reason_policy_correct": false, "error_analysis": "  ",
        ]
        #expect(try #require(PauseAnnotation(answer: answer)).passes)
        let complaint = answer.merging(["error_analysis": "wrong day"])
        #expect(try !#require(PauseAnnotation(answer: complaint)).passes)
        #expect(PauseAnnotation(answer: ["error_analysis": ""]) == nil)
    }

    // MARK: Choice

    typealias Candidate = PauseSelectionRules.Candidate

    private static func candidate(_ place: Int, _ calls: [String], turns: Int) -> Candidate {
        Candidate(place: place, model: "m\(place)", signature: calls, turns: turns)
    }

    private static let short = candidate(0, ["a", "b"], turns: 3)
    private static let long = candidate(1, ["a", "b"], turns: 5)
    private static let other = candidate(2, ["c"], turns: 2)

    @Test(arguments: [
        ([], PauseSelectionRules.Decision.nobody),
        ([long], .choose(long, "the only trajectory that passed")),
        ([long, short], .choose(short, "identical tool calls; the one with the fewest turns")),
        ([short, other], .ask([short, other])),
        ([long, short, other], .ask([short, other])),
        ([short, short, long], .choose(short, "identical tool calls; the one with the fewest turns")),
    ])
    func whatTheCandidatesDecide(passing: [Candidate], decision: PauseSelectionRules.Decision) {
        #expect(PauseSelectionRules.decide(passing) == decision)
    }

    @Test(
        arguments: [
            (["select_assistant_model": "m0", "select_reason": "direct"], 0),
            (["select_assistant_model": "m2", "tie": false], 2),
            (["select_assistant_model": "", "tie": true], 2),
            (["tie": "true", "select_assistant_model": "m0"], 2),
            (["select_assistant_model": "unknown"], nil),
        ] as [(JSONObject, Int?)])
    func whatASelectorDecides(answer: JSONObject, place: Int?) {
        #expect(PauseSelectionRules.settle(answer, among: [Self.short, Self.other])?.0.place == place)
    }

    // MARK: Targets

    @Test(arguments: [
        ([[true, true, true, true, false]], 5, true, [0, 1, 2, 3]),
        ([[true, true, true, false, false]], 5, false, [0, 1, 2]),
        ([[true, true, true, true, false, false]], 6, true, [0, 1, 2, 3]),
        ([[true, true, true, false, false, false]], 6, false, [0, 1, 2]),
        // A target counts when both judges say so.
        ([[true, false, true], [false, true, true]], 3, false, [2]),
        ([[true, true, true], [true, false, true]], 3, true, [0, 2]),
    ])
    func targetsThatAReferenceMissedAreDroppedOrTooMany(
        findings: [[Bool]], targets: Int, isAccepted: Bool, kept: [Int]
    ) {
        let alignment = PauseTargetAlignment.combine(findings, targets: targets, analysis: "", raw: [])
        #expect(alignment.isAccepted == isAccepted)
        #expect(alignment.keptIndices == kept)
    }

    @Test func aListOfAnotherLengthIsNoAlignment() {
        #expect(!PauseTargetAlignment.combine([[true]], targets: 2, analysis: "", raw: []).isAccepted)
        #expect(!PauseTargetAlignment.combine([[true, true], nil], targets: 2, analysis: "", raw: []).isAccepted)
        #expect(!PauseTargetAlignment.combine([], targets: 2, analysis: "", raw: []).isAccepted)
    }

    @Test func theSolutionIsKeptForTheTargetsThatAreLeft() {
        let gold = PauseGold(
            toolCalls: [.init(name: "a", arguments: [:], target: 0), .init(name: "b", arguments: [:], target: 2)],
            answers: [
                .init(target: 1, key: "steps", value: 5), .init(target: 2, key: "day", value: "2025-01-01"),
            ], finalState: [.init(path: "notes+", value: [], target: 1)])
        let kept = gold.keeping(targets: [0, 2])
        #expect(kept.toolCalls.map(\.target) == [0, 1])
        #expect(kept.answers.map(\.key) == ["day"])
        #expect(kept.answers.map(\.target) == [1])
        #expect(kept.finalState.map(\.target) == [nil])
    }
}
