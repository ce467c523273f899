import Testing

@testable import Proactive

@Suite struct MainlineRuleTests {
    struct Case: Sendable {
        let patience: PersonaLevel
        let uncertainty: Double
        let reject: Int
        let turn: Int
    }

    /// Three patiences, three clarities, refused or not, two turns: 36 cases.
    static let cases: [Case] = PersonaLevel.allCases.flatMap { patience in
        [0.3, 0.5, 0.8].flatMap { uncertainty in
            [0, 1].flatMap { reject in
                [1, 2].map { Case(patience: patience, uncertainty: uncertainty, reject: reject, turn: $0) }
            }
        }
    }

    @Test(arguments: cases)
    func theRuleAsksPatientUsersWithUnclearTasksAtFirst(_ item: Case) {
        let persona = Persona(name: "p", domain: .coding, expertise: .mid, patience: item.patience)
        var state = ProactiveState.coding(uncertainty: item.uncertainty)
        state.prevReject = item.reject
        state.dialogueTurn = item.turn
        let asks = item.patience == .high && item.uncertainty < 0.5 && item.reject == 0 && item.turn < 2
        #expect(MainlineRule.action(for: persona, in: state) == (asks ? .clarify : .execute))
    }

    @Test func thereAreThirtySixCases() { #expect(Self.cases.count == 36) }
}
