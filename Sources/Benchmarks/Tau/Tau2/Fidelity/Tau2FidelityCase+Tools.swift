import Evaluation
import JSON

extension Tau2FidelityCase {
    /// A sequence of tool calls with every result and digest.
    mutating func playTools() throws {
        var world = try domain.makeWorld(
            isSolo: json["solo_mode"]?.boolValue ?? false, identifiers: Self.identifiers)
        if json["uses_fixed_uuid"] == true { world.state.identifiers = .fixed("deadbeef") }
        if let taskID = json["initial_state_of_task"], !taskID.isNull {
            let state = try task(taskID).initialState
            try world.setState(
                state?.worldState ?? InitialState(), history: (state?.messageHistory ?? []).map(\.recorded),
                strictness: .strict(timestamp: Self.timestamp))
        }
        compareDigests("initial_hash", expected: json["initial_hash"], of: world)
        var digests = json["initial_hash"] ?? .null
        let results = json["results"]?.arrayValue ?? []
        for (place, item) in (json["calls"]?.arrayValue ?? []).enumerated() where place < results.count {
            let call = try RecordedCall(tau2: item)
            let outcome = world.call(call.name, arguments: call.arguments, requestor: call.requestor)
            try world.synchronizeTools()
            let expected = results[place]
            compare(
                "results[\(place)].content", expected: expected["content"] ?? .null, actual: .string(outcome.content))
            compare("results[\(place)].error", expected: expected["error"] ?? .null, actual: .bool(outcome.isError))
            digests = expected["hash_after"] ?? digests
            compareDigests("results[\(place)].hash_after", expected: digests, of: world)
        }
        compareDigests("final_hash", expected: json["final_hash"], of: world)
    }
}
