import Evaluation
import Testing

@testable import Storage

@Suite("Names of episodes")
struct EpisodeAddressTests {
    @Test(arguments: [
        ("a", [("", "a", -1)]),
        ("t/a/2", [("", "t/a/2", -1), ("t", "a/2", -1), ("t", "a", 2), ("t/a", "2", -1), ("", "t/a", 2)]),
        ("t:a__trial_3", [("", "t:a__trial_3", -1), ("t", "a", 3), ("", "t:a", 3)]),
    ])
    func aNameCanMeanSeveralThings(text: String, readings: [(String, String, Int)]) {
        let expected = readings.map { task, sample, trial in
            EpisodeAddress.Reading(task: task.isEmpty ? nil : task, sample: sample, trial: trial < 0 ? nil : trial)
        }
        #expect(EpisodeAddress(text).readings == expected)
    }

    @Test func aLongNameIsReadInBoundedTime() {
        #expect(EpisodeAddress(String(repeating: "a/", count: 5_000)).readings.count < 400)
    }
}
