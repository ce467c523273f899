import JSON
import Testing

@testable import Pause

struct StateCheckTests {
    private let profile: JSONValue = [
        "system_settings": ["permissions": ["allow_purchase": false]],
        "notes": [["note_id": "note_1", "content": "a"]], "meals": [["record_id": "meal_1"]], "sessions": [],
        "reminders": [], "appointments": [], "shopping": ["wallet": ["balance": 5]],
        "narrative_summary": "not compared",
    ]

    @Test func equalStatesMatchWhateverElseDiffers() {
        var other = profile
        other["narrative_summary"] = "another text"
        other["shopping"] = ["wallet": ["balance": 5.0]]
        #expect(StateCheck(profile: profile).matches(StateCheck(profile: other)))
    }

    @Test func theOrderOfRecordsIsNoDifference() {
        var one = profile
        one["meals"] = [["record_id": "meal_1"], ["record_id": "meal_2"]]
        var other = profile
        other["meals"] = [["record_id": "meal_2"], ["record_id": "meal_1"]]
        #expect(StateCheck(profile: one).matches(StateCheck(profile: other)))
    }

    private static let changes: [(key: String, value: JSONValue)] = [
        ("notes", [["note_id": "note_1"], ["note_id": "note_2"]]), ("shopping", ["wallet": ["balance": 6]]),
        ("system_settings", ["permissions": ["allow_purchase": true]]), ("sessions", [["record_id": "session_1"]]),
        ("reminders", [["reminder_id": "r_1"]]), ("appointments", [["appointment_id": "appt_1"]]), ("meals", []),
    ]

    @Test(arguments: changes)
    func aDifferenceIsFoundAndNamed(change: (key: String, value: JSONValue)) {
        var other = profile
        other[change.key] = change.value
        let (before, after) = (StateCheck(profile: profile), StateCheck(profile: other))
        #expect(!before.matches(after))
        #expect(!before.differences(to: after).isEmpty)
    }

    @Test func aWrittenStateIsReadAgain() throws {
        let check = StateCheck(profile: profile)
        let read = try #require(StateCheck(json: check.json))
        #expect(read.matches(check))
        #expect(StateCheck(json: nil) == nil)
    }
}
