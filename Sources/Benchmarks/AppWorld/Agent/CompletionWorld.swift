import Evaluation
import JSON

/// A world of AppWorld's tools in which the agent can say that it is done.
///
/// Whether it is done is asked of the environment: a call that the apps refuse comes back as a success too.
struct CompletionWorld: World {
    var base: any World
    let server: EnvironmentServer
    let task: String

    private static let app = "supervisor"
    private static let api = "complete_task"

    func tools(for participant: Participant) -> [ToolDefinition] { base.tools(for: participant) }

    mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        var result = try await base.execute(call, by: participant)
        guard !result.isError, let arguments = Self.completion(call) else { return result }
        guard try await server.isCompleted(task: task) else { return result }
        result.finalAnswer = Self.text(of: arguments["answer"])
        return result
    }

    var snapshot: JSONValue? { base.snapshot }

    /// The arguments of a call that says that the task is done; nil for any other call.
    ///
    /// It may be called by its own tool, or through the tool that stands for the whole app.
    static func completion(_ call: ToolCall) -> JSONObject? {
        if call.name == app + APIListing.separator + api { return call.arguments }
        guard call.name == "call_\(app)" else { return nil }
        let endpoint = (call.arguments["endpoint"] ?? call.arguments["api_name"])?.stringValue
        guard endpoint == api || endpoint == app + APIListing.separator + api else { return nil }
        return (call.arguments["params"] ?? call.arguments["endpoint_params"])?.objectValue ?? call.arguments
    }

    private static func text(of answer: JSONValue?) -> String {
        guard let answer, !answer.isNull else { return "" }
        return answer.stringValue ?? answer.text()
    }
}
