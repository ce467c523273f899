import Evaluation
import JSON

/// The health platform as the agent loop sees it; what it leaves behind becomes part of the log.
struct PauseDialogueWorld: ArtifactWorld {
    /// The platform.
    private(set) var platform: PauseWorld
    /// What participants leave for the log.
    let notes: PauseDialogueNotes
    /// What is known about the dialogue before it begins.
    let facts: PauseDialogueFacts

    init(_ platform: PauseWorld, notes: PauseDialogueNotes, facts: PauseDialogueFacts) {
        self.platform = platform
        self.notes = notes
        self.facts = facts
    }

    func tools(for participant: Participant) -> [ToolDefinition] { platform.tools(for: participant) }

    mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        let result = try await platform.execute(call, by: participant)
        return platform.terminationReason.map { result.endingTrajectory($0) } ?? result
    }

    /// What the log needs besides the messages: the final state, the gates' decisions, the validator's findings.
    func artifacts() async throws -> JSONObject {
        let profile = JSONValue.object(platform.store.profile.json)
        var object: JSONObject = facts.json
        object["user_validation_log"] = .array(notes.validations)
        object["gate_trace"] = .array(platform.gateTrace.map(\.json))
        object["state_check"] = StateCheck(profile: profile).json
        object["profile_changes"] = .object(
            PauseProfileChanges.between(facts.initialProfile, and: platform.store.profile.json))
        if facts.isShopping { object["shopping_state"] = profile["shopping"] ?? .null }
        if !platform.plots.isEmpty {
            object["plots"] = .array(platform.plots.map { ["id": .string($0.id), "svg": .string($0.svg)] })
        }
        return object
    }
}

/// What is known about a dialogue before it begins, for its log.
struct PauseDialogueFacts: Sendable, Hashable {
    /// Who leads it.
    var route: PauseRoute
    /// What the user's model is told.
    var userPrompt: String
    /// Whether the task is one of the shop.
    var isShopping: Bool
    /// Whether the assistant was left without the branch's tools and policy.
    var isInference: Bool
    /// The profile before the dialogue.
    var initialProfile: JSONObject

    /// The members of the log that say so.
    var json: JSONObject {
        var object = route.logFields
        object["user_system_prompt"] = .string(userPrompt)
        object["inference"] = .bool(isInference)
        return object
    }
}

/// What a dialogue changed in a profile: the members that differ, as they are afterwards.
enum PauseProfileChanges {
    static func between(_ before: JSONObject, and after: JSONObject) -> JSONObject {
        var changes: JSONObject = [:]
        for (key, value) in after where before[key] != value { changes[key] = value }
        for (key, _) in before where after[key] == nil { changes[key] = .null }
        return changes
    }

    /// The profile afterwards.
    static func apply(_ changes: JSONObject, to before: JSONObject) -> JSONObject { before.merging(changes) }
}
