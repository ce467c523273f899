import Testing

@testable import Engine

@Suite struct ChoiceReaderTests {
    private static let choices = [
        ChoiceReader.Choice(id: "A", content: "a dog"), .init(id: "B", content: "a cat"),
        .init(id: "C", content: "Ärger"), .init(id: "D", content: "none"),
    ]

    @Test(arguments: [
        ("B", "B"), ("b", "B"), (" (B) ", "B"), ("**B.**", "B"), ("B)", "B"), ("a cat", "B"), ("ärger", "C"),
        ("The answer is (B).", "B"), ("Answer: B. A good question!", "B"), ("It is a B", "B"),
        ("I think \\boxed{C}", "C"), ("\\boxed{A} no, \\boxed{D}", "D"), ("A dog is wrong, so the answer is B", "B"),
        ("the İanswer İs: D", "D"),
    ])
    func theNamedChoiceIsFound(answer: String, id: String) {
        #expect(ChoiceReader(Self.choices).choice(in: answer) == id)
    }

    @Test(arguments: ["", "A or B", "a good question", "E", "\\boxed{", "answer", "...", "\\boxed{}"])
    func whatNamesNoneOrSeveralIsNone(answer: String) {
        #expect(ChoiceReader(Self.choices).choice(in: answer) == nil)
    }

    @Test func withoutChoicesTheLettersAreTaken() {
        #expect(ChoiceReader([]).choice(in: "the answer is Q") == "Q")
    }
}
