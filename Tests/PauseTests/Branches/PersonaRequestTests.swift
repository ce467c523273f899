import Evaluation
import GageTesting
import JSON
import Testing

@testable import Pause

struct PersonaRequestTests {
    private static let persona: JSONValue = [
        "user_profile": [
            "basic_info": ["name": "Ann", "age": 41, "gender": "female"], "health_risks": [],
            "dietary_restrictions": [], "preferences": ["sport": ["cardio"], "food": ["organic"]],
        ],
        "med_user_profile": [
            "basic_info": ["name": "Ann", "age": 41, "gender": "female"], "health_risks": [],
            "dietary_restrictions": [],
        ],
        "narrative_summary": .string(Array(repeating: "word", count: 90).joined(separator: " ")),
    ]

    @Test func aPersonaOfTheWrongShapeIsAskedForAgain() async throws {
        let model = ScriptedModel { _, context in
            switch context.index {
            case 0: .text("no json")
            case 1: .text(#"{"narrative_summary": "short"}"#)
            default: .text("```json\n\(Self.persona.text())\n```")
            }
        }
        let facts = try PauseStore.build(StoreSettings(seed: 3)).personaFacts
        let persona = try #require(try await PersonaRequest(facts: facts).persona(by: model, parameters: [:]))
        #expect(persona.userProfile["basic_info"]?["name"] == "Ann")
        #expect(model.calls.count == 3)
    }

    @Test func aModelThatNeverGivesOneLeavesTheTemplatesPersona() async throws {
        let model = ScriptedModel("never")
        var settings = TaskGeneration.Settings(seed: 46)
        settings.engine = .model(model, parameters: [:])
        settings.branch = "shopping"
        settings.runsPerBranch = 1
        var names: [JSONValue?] = []
        try await TaskGeneration(settings).forEachUser {
            names.append($0.result.file.profile["user_profile"]?["basic_info"]?["name"])
        }
        let plain = try PauseStore.build(StoreSettings(seed: 46)).profile.json["user_profile"]?["basic_info"]?["name"]
        #expect(names == [plain])
        #expect(model.calls.count == PersonaRequest.attempts)
    }
}
