import Testing

@testable import Proactive

@Suite struct TaskUncertaintyTests {
    @Test(arguments: [
        ("", 0.2),
        (SyntheticStates.fixedRequest(.coding), 0.3),
        (SyntheticStates.fixedRequest(.planning), 0.3),
        (
            "Write a Python function: Write a function to sort a given matrix in ascending order according to the sum "
                + "of its rows.", 0.6
        ),
        ("Write a function that maybe parses dates?", 0.15),
        (String(repeating: "x", count: 250), 0.6),
        (String(repeating: "x", count: 3100), 0.4),
    ])
    func theEstimateIsThePublishedOne(text: String, expected: Double) {
        #expect(TaskUncertainty.estimate(text) == expected)
    }

    @Test(arguments: [
        (" \n ", 0.2), ("What? Why? How? When?", 0.0), ("MAYBE it COULD, perhaps; might be unclear", 0.0),
        ("def f; import x; class Y; error", 0.6), ("test case with input and output", 0.7),
    ])
    func eachRuleCountsOnce(text: String, expected: Double) {
        #expect(TaskUncertainty.estimate(text) == expected)
    }

    @Test func lengthIsCountedInUnicodeScalars() {
        // A family of seven scalars is one character: 20 of them are 140 scalars, and not short.
        #expect(TaskUncertainty.estimate(String(repeating: "👨‍👩‍👧‍👦", count: 20)) == 0.5)
    }

    @Test func onlyTheRequestBeforeTheDialogueCounts() {
        let request = "Plan my week."
        let query = request + "\n\n[Assistant]: Is there an error, an input or an output?\n[User]: maybe"
        #expect(TaskUncertainty.estimate(query) == TaskUncertainty.estimate(request))
        #expect(TaskUncertainty.request(in: query) == request)
    }
}
