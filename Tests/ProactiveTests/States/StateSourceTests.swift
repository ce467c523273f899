import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct StateSourceTests {
    private func source(_ text: String, _ scratch: Scratch, count: Int? = nil) throws -> StateSource {
        var source = StateSource()
        source.mode = .dataset
        source.path = try scratch.write(text, to: "states.jsonl")
        source.count = count
        return source
    }

    private static let fiveRows =
        (0..<5).map { "{\"id\": \"row\($0)\", \"query\": \"q\($0)\"}" }
        .joined(separator: "\n\n") + "\n"

    @Test func moreStatesThanRowsBeginAgainAtTheFirst() async throws {
        let scratch = try Scratch()
        let ids = try await source(Self.fiveRows, scratch, count: 12).meetings(baseDirectory: "").map(\.state.id)
        #expect(
            ids == [
                "row0", "row1", "row2", "row3", "row4", "row0-1", "row1-1", "row2-1", "row3-1", "row4-1", "row0-2",
                "row1-2",
            ])
    }

    @Test func withoutACountAllRowsAreTakenAndWithASmallOneTheFirst() async throws {
        let scratch = try Scratch()
        #expect(try await source(Self.fiveRows, scratch).meetings(baseDirectory: "").count == 5)
        let two = try await source(Self.fiveRows, scratch, count: 2).meetings(baseDirectory: "").map(\.state.id)
        #expect(two == ["row0", "row1"])
    }

    @Test func rowsWithoutANameAreNumbered() async throws {
        let scratch = try Scratch()
        let ids = try await source("{\"query\": \"a\"}\n{\"query\": \"b\"}\n", scratch).meetings(baseDirectory: "")
        #expect(ids.map(\.state.id) == ["ds-0", "ds-1"])
        #expect(ids.map(\.state.domain) == [.coding, .coding])
    }

    @Test func aBrokenRowIsNamedWithItsLine() async throws {
        let scratch = try Scratch()
        let source = try source("{\"query\": \"a\"}\n{\"text\": \"b\"}\n", scratch)
        let error = await #expect(throws: EvaluationError.self) { try await source.meetings(baseDirectory: "") }
        #expect(error?.message.contains("states.jsonl:2") == true)
        #expect(error?.message.contains("'query'") == true)
    }

    @Test func twoRowsOfOneNameAreRefused() async throws {
        let scratch = try Scratch()
        let source = try source("{\"id\": \"x\", \"query\": \"a\"}\n{\"id\": \"x\", \"query\": \"b\"}\n", scratch)
        await #expect(throws: EvaluationError.self) { try await source.meetings(baseDirectory: "") }
    }

    @Test func syntheticStatesAreVariedByTheSeedUnlessTheRequestIsFixed() async throws {
        var source = StateSource()
        let some = try await source.meetings(baseDirectory: "")
        #expect(some.count == 50)
        #expect(Set(some.map(\.state.query)).count > 5)
        #expect(some.contains { $0.state.taskUncertainty < 0.5 } && some.contains { $0.state.taskUncertainty > 0.5 })
        #expect(try await source.meetings(baseDirectory: "") == some)
        source.seed = 1
        #expect(try await source.meetings(baseDirectory: "") != some)
        source.variety = 1
        let fixed = try await source.meetings(baseDirectory: "")
        #expect(Set(fixed.map(\.state.query)) == [SyntheticStates.fixedRequest(.coding)])
        #expect(fixed[3].state.id == "coding-3")
        #expect(fixed.allSatisfy { $0.state.taskUncertainty == 0.3 })
    }

    @Test func personasAreChosenByPlaceNameInTurnOrAll() async throws {
        var source = StateSource()
        source.count = 4
        func names(_ text: String, _ domain: ProactiveDomain = .coding) async throws -> [String] {
            source.domain = domain
            source.personas = try PersonaChoice(text)
            return try await source.meetings(baseDirectory: "").map(\.persona.name)
        }
        #expect(try await names("4") == Array(repeating: "Busy-Developer", count: 4))
        #expect(
            try await names("cycle") == [
                "Novice-Learner", "Busy-Developer", "Experienced-Engineer", "Novice-Learner",
            ])
        #expect(try await names("all").count == 12)
        #expect(try await names("Seasoned-Organizer", .planning).first == "Seasoned-Organizer")
        await #expect(throws: EvaluationError.self) { try await names("Seasoned-Organizer", .coding) }
        let error = #expect(throws: EvaluationError.self) { try PersonaChoice("Busy-Developper") }
        #expect(error?.advice?.contains("Busy-Developer") == true)
    }
}
