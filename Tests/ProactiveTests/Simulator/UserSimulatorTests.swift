import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct UserSimulatorTests {
    private func react(
        _ message: String, _ persona: Persona, rule: ReactionRule = .sampled, turn: Int = 0,
        state: ProactiveState = .coding(), model: (any ChatModel)? = nil
    ) async throws -> UserReaction {
        var settings = UserSimulator.Settings()
        settings.rule = rule
        let draw = ReactionDraw(seed: 3, state: state.id, persona: persona.name, action: .clarify, turn: turn)
        return try await UserSimulator(settings: settings, model: model)
            .react(to: message, in: state, as: persona, draw: draw, call: anyCall)
    }

    @Test(arguments: [(Persona.novice, 0.9), (.busy, 0.3), (.engineer, 0.6)])
    func usersAnswerAsOftenAsTheirPatienceSays(persona: Persona, share: Double) async throws {
        var answers = 0
        for turn in 0..<10_000 {
            let reaction = try await react("Which one?", persona, turn: turn)
            #expect(reaction.answeredClarification + reaction.rejectSignal == 1)
            answers += reaction.answeredClarification
        }
        #expect(abs(Double(answers) / 10_000 - share) < 0.02)
    }

    @Test(arguments: ["```\nx?\n```", "def f(): pass?", "class A: ...?", "  import os?"])
    func codeIsNotReactedTo(message: String) async throws {
        #expect(try await react(message, .busy) == UserReaction())
    }

    @Test func theMetaKeysAreThePublishedOnes() async throws {
        let json = try await react("Which one?", .novice, rule: .expected).json
        #expect(
            json["meta"]?.objectValue?.keys == [
                "answered_clarification", "reject_signal", "silence", "off_topic_flag", "satisfaction",
                "answer_clarity",
            ])
    }

    @Test func expectedReactionsHaveNoChance() async throws {
        let patient = try await react("Which?", .engineer, rule: .expected)
        #expect((patient.answeredClarification, patient.satisfaction, patient.answerClarity) == (1, 0.85, 0.9))
        let hurried = try await react("Which?", .busy, rule: .expected)
        #expect((hurried.rejectSignal, hurried.satisfaction, hurried.answerClarity) == (1, 0.3, 0))
        #expect(hurried.userReply == "Stop asking, just give me the code.")
        let nothing = try await react("I will begin.", .busy, rule: .expected)
        #expect((nothing.userReply, nothing.satisfaction) == ("Continue.", 0.6))
    }

    @Test func inPlanningUsersWantThePlan() async throws {
        var state = ProactiveState.coding()
        state.domain = .planning
        let reaction = try await react(
            "When?", Persona.standard(.planning)[0], rule: .expected, state: state)
        #expect(reaction.userReply == "Stop asking, just give me the plan.")
    }

    @Test func longMessagesSilenceTheImpatient() async throws {
        let long = Array(repeating: "word", count: 201).joined(separator: " ")
        let reaction = try await react(long, .busy)
        #expect((reaction.silence, reaction.satisfaction) == (1, 0.5))
        #expect(try await react(long, .engineer).silence == 0)
        #expect(try await react(String(long.dropLast(5)), .busy).silence == 0)
    }

    @Test func theOlderRulesHaveNoChance() async throws {
        let two = try await react("One? Two?", .busy, rule: .rulesV1)
        #expect((two.rejectSignal, two.satisfaction) == (1, 0.3))
        let one = try await react("One?", .busy, rule: .rulesV1)
        #expect((one.rejectSignal, one.answeredClarification, one.satisfaction) == (0, 0, 0.6))
        let expert = try await react("One? Two?", .engineer, rule: .rulesV1)
        #expect((expert.answeredClarification, expert.satisfaction) == (1, 0.7))
        // Patience .9 times clarity .3 is below the limit.
        #expect(try await react("One?", .novice, rule: .rulesV1).answeredClarification == 0)
    }

    @Test func expertiseDecidesHowMuchAnAnswerTells() async throws {
        let state = ProactiveState.coding(extras: ["facts": ["First fact.", "Second fact."]])
        let patient = { (level: PersonaLevel) in
            Persona(name: "x", domain: .coding, expertise: level, patience: .high)
        }
        let low = try await react("What?", patient(.low), rule: .expected, state: state)
        #expect(!low.userReply.contains("fact"))
        #expect(try await react("What?", patient(.mid), rule: .expected, state: state).userReply == "First fact.")
        let high = try await react("What?", patient(.high), rule: .expected, state: state)
        #expect(high.userReply == "First fact. Second fact.")
        var told = state
        told.query += "\n\n[Assistant]: What?\n[User]: First fact."
        #expect(try await react("What?", patient(.mid), rule: .expected, state: told).userReply == "Second fact.")
    }

    @Test func aModelFindsTheWordsWhenThereIsOne() async throws {
        let model = RecordingModel { _ in "  as a list  " }
        let reaction = try await react("Which form?", .engineer, rule: .expected, model: model)
        #expect(reaction.userReply == "as a list")
        #expect(model.requests.count == 1)
        #expect(model.requests[0].messages[1].text?.contains("Which form?") == true)
        #expect(model.requests[0].messages[0].text?.contains("expert") == true)
    }

    @Test func drawsDependOnNothingButTheirNames() {
        let draw = ReactionDraw(seed: 1, state: "a", persona: "p", action: .clarify, branch: 1, turn: 2)
        #expect(draw.unit == draw.unit)
        var others: Set<Double> = [draw.unit]
        for change in [
            ReactionDraw(seed: 2, state: "a", persona: "p", action: .clarify, branch: 1, turn: 2),
            ReactionDraw(seed: 1, state: "b", persona: "p", action: .clarify, branch: 1, turn: 2),
            ReactionDraw(seed: 1, state: "a", persona: "q", action: .clarify, branch: 1, turn: 2),
            ReactionDraw(seed: 1, state: "a", persona: "p", action: .execute, branch: 1, turn: 2),
            ReactionDraw(seed: 1, state: "a", persona: "p", action: .clarify, branch: 2, turn: 2),
            ReactionDraw(seed: 1, state: "a", persona: "p", action: .clarify, branch: 1, turn: 3),
        ] { others.insert(change.unit) }
        #expect(others.count == 7)
    }

    @Test func offTopicIsLookedForOnRequestOnly() async throws {
        let state = ProactiveState.coding(query: "Sort these invoices by amount.")
        var settings = UserSimulator.Settings()
        settings.detectsOffTopic = true
        let draw = ReactionDraw(seed: 1, state: "s", persona: "p", action: .clarify)
        let simulator = UserSimulator(settings: settings)
        func flag(_ text: String) async throws -> Int {
            try await simulator.react(to: text, in: state, as: .novice, draw: draw, call: anyCall).offTopicFlag
        }
        #expect(try await flag("Shall we talk about football?") == 1)
        #expect(try await flag("Which invoices come first?") == 0)
        #expect(try await react("Shall we talk about football?", .novice, state: state).offTopicFlag == 0)
    }
}
