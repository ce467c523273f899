import Testing

@testable import Proactive

@Suite("Features of a state")
struct StateFeaturesTests {
    @Test(arguments: [("a", 0xE40C_292C), ("foobar", 0xBF9C_F968)])
    func wordsGoToTheirFNVBuckets(word: String, hash: Int) {
        #expect(StateFeatures.bucket(of: word) == hash % 4096)
    }

    @Test func splitsWordsWithoutRegardToCaseAndMarks() {
        #expect(StateFeatures.words(of: "Sort `x_1`, Größe-2!") == ["sort", "x", "1", "größe", "2"])
    }

    @Test func namesReadBackToTheirPlaces() {
        for place in [0, 8, 15, 16, 17, StateFeatures.Layout.size - 1] {
            #expect(StateFeatures.Layout.place(of: StateFeatures.Layout.name(of: place)) == place)
        }
        #expect(StateFeatures.Layout.place(of: "word_4096") == nil)
        #expect(StateFeatures.Layout.place(of: "word_-1") == nil)
        #expect(StateFeatures.Layout.place(of: "nonsense") == nil)
    }

    @Test func looksAtFactsOfTheState() {
        let state = ProactiveState(id: "a", domain: .coding, query: "", dialogueTurn: 7, taskUncertainty: 0.2)
        let features = StateFeatures(of: state, persona: nil, layout: .init())
        #expect(features.places == [0, 1, 2, 7, 8])
        #expect(features.values == [1, 0.2, 1, 1, 1])
    }

    @Test func tellsPlansFromPrograms() {
        var state = PolicyFixtures.state("a", query: "")
        let program = StateFeatures(of: state, persona: nil, layout: .init())
        state.domain = .planning
        #expect(StateFeatures(of: state, persona: nil, layout: .init()).places == program.places + [16])
    }

    @Test func knowsThePersonaOnlyWhenItMay() {
        let state = PolicyFixtures.state("a")
        let persona = PolicyFixtures.patient
        let blind = StateFeatures(of: state, persona: persona, layout: .init())
        #expect(blind == StateFeatures(of: state, persona: nil, layout: .init()))
        #expect(StateFeatures(of: state, persona: persona, layout: .init(includesPersona: true)) != blind)
    }

    @Test func longRequestsDoNotOutweighFacts() {
        let long = PolicyFixtures.state("a", query: (0..<500).map { "word\($0)" }.joined(separator: " "))
        let features = StateFeatures(of: long, persona: nil, layout: .init())
        let squares = zip(features.places, features.values).reduce(0) { $1.0 >= 17 ? $0 + $1.1 * $1.1 : $0 }
        #expect(abs(squares - 1) < 1e-9)
    }
}
