import JSON
import Testing

@testable import Pause

struct AnswerMatcherTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var value: JSONValue
        var tolerance = 0.0
        var unit: String?
        var text: String
        var isFound: Bool

        var testDescription: String { "\(value) in \(text)" }
    }

    static let numbers = [
        Case(value: 12345, unit: "steps", text: "You made 12,345 steps.", isFound: true),
        Case(value: 12345, unit: "steps", text: "You made 12345 steps.", isFound: true),
        Case(value: 12345, unit: "steps", text: "**12,345** in all", isFound: true),
        Case(value: 12345, unit: "steps", text: "12,346 steps", isFound: false),
        Case(value: 12300, tolerance: 50, unit: "steps", text: "about 12.3k steps", isFound: true),
        Case(value: 2103.45, tolerance: 1, unit: "kcal", text: "2103 kcal", isFound: true),
        Case(value: 2103.45, tolerance: 1, unit: "kcal", text: "2105 kcal", isFound: false),
        Case(value: 2103.45, tolerance: 1, unit: "kcal", text: "2,103.5 calories", isFound: true),
        Case(value: 450, tolerance: 1, unit: "minutes", text: "7 h 30 min of sleep", isFound: true),
        Case(value: 450, tolerance: 1, unit: "minutes", text: "7 hours and 30 minutes", isFound: true),
        Case(value: 450, tolerance: 1, unit: "minutes", text: "7.5 hours", isFound: true),
        Case(value: 450, tolerance: 1, unit: "minutes", text: "7h30m", isFound: true),
        Case(value: 450, unit: "minutes", text: "450 steps", isFound: false),
        Case(value: 35, unit: "minutes", text: "35 Active Zone Minutes", isFound: true),
        Case(value: 20, unit: "$", text: "It costs $20.00.", isFound: true),
        Case(value: 3, unit: "days", text: "on three days", isFound: true),
        Case(value: 3, unit: "days", text: "3 of 7 days", isFound: true),
        Case(value: 2025, text: "on 2025-03-04", isFound: false),
        Case(value: 18, text: "at 18:00", isFound: false),
        Case(value: 12, text: "see note_12ab34cd", isFound: false),
        Case(value: 12, text: "see v2025_12", isFound: false),
        Case(value: -4, text: "a change of -4 points", isFound: true),
        Case(value: 6, text: "between 4-6 times", isFound: true),
        Case(value: 0, unit: "days", text: "There were zero days.", isFound: true),
        Case(value: 5, text: "", isFound: false),
    ]

    static let words = [
        Case(value: "2025-03-04", text: "It was 2025-03-04.", isFound: true),
        Case(value: "2025-03-04", text: "It was on March 4th.", isFound: true),
        Case(value: "2025-03-04", text: "It was on Tuesday, 4 March 2025.", isFound: true),
        Case(value: "2025-03-04", text: "It was the 4th of March.", isFound: true),
        Case(value: "2025-03-04", text: "It was Mar 04.", isFound: true),
        Case(value: "2025-03-04", text: "It was March 14.", isFound: false),
        Case(value: "2025-03-04", text: "on 2025-03-05", isFound: false),
        Case(value: "18:00", text: "at 18:00", isFound: true),
        Case(value: "18:00", text: "from 6 PM on", isFound: true),
        Case(value: "18:00", text: "from 6:00 pm", isFound: true),
        Case(value: "18:00", text: "at 08:00", isFound: false),
        Case(value: "08:00", text: "at 18:00", isFound: false),
        Case(value: "08:00", text: "at 8 am", isFound: true),
        Case(value: "00:00", text: "at 12 AM", isFound: true),
        Case(value: "06:00", text: "at 16:00", isFound: false),
        Case(value: "google_fit", text: "It is Google Fit.", isFound: true),
        Case(value: "oura", text: "the oural one", isFound: false),
        Case(value: "steady_run", text: "a *steady run* of 55 minutes", isFound: true),
        Case(value: "", text: "anything", isFound: false),
    ]

    @Test(arguments: numbers + words) func aValueIsFoundInWhatWasSaid(_ item: Case) {
        let answer = PauseGold.Answer(
            target: 0, key: "k", value: item.value, tolerance: item.tolerance, unit: item.unit)
        #expect(AnswerMatcher(answer: answer).isFound(in: [item.text]) == item.isFound)
    }
}
