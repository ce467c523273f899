import Engine
import Evaluation
import JSON

/// The parameters of `appworld_api_predictor`.
struct APIPredictorParameters: Parameters {
    var maxAPIs = 16
    var separator = APIListing.separator
    var includedApps: [String] = []
    var includedTools: [String] = []
    var samplingParameters: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("max_apis", \.maxAPIs, "The largest number of predicted interfaces.") { $0.minimum = 1 },
            .init("tool_name_separator", \.separator, "What parts app and interface in tool names."),
            .init("always_include_apps", \.includedApps, "Apps whose tools are all kept besides."),
            .init("always_include_tools", \.includedTools, "Tools that are kept besides, as app.api or app__api."),
            .init("sampling_params", \.samplingParameters, "Sampling parameters of the call."),
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if separator != APIListing.separator {
            diagnostics.error(
                "AppWorld's tools are named with '\(APIListing.separator)'", at: node["tool_name_separator"] ?? node,
                advice: "remove the key")
        }
        for (index, tool) in includedTools.enumerated() where APIName(tool) == nil {
            diagnostics.error(
                "'\(tool)' names no interface", at: node["always_include_tools"]?.items?[index] ?? node,
                advice: "write app.api, as supervisor.complete_task")
        }
    }
}

/// `appworld_api_predictor`: asks a model which interfaces a task needs, so that the agent sees only their tools.
struct APIPredictorRole: RoleAdapter {
    let parameters: APIPredictorParameters

    let contract = StepContract(reads: [.messages, .supportOutputs], writes: [.supportOutputs])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let known = KnownAPIs(episode)
        let payload: JSONObject = [
            "instruction": .string(PromptVariables.instruction(of: episode.sample)),
            "api_descriptions_string": .string(known.text), "max_apis": JSONValue(parameters.maxAPIs),
        ]
        let prompt = scope.adapter.prompt ?? PredictorPrompt()
        let variables = PromptVariables.make(for: episode, adapter: scope.adapter, payload: payload)
        let request = ChatRequest(
            messages: try prompt.render(variables, over: episode.sample.messages),
            parameters: parameters.samplingParameters)
        let text = try await reply(to: request, in: scope)
        let predicted = PredictedAPIs(text, known: known.apis, limit: parameters.maxAPIs)
        let output = filters(for: predicted, among: known)
        scope.events.report(
            RunEvent(
                "api_predictor_result", episode: episode.id,
                payload: [
                    "predicted_count": JSONValue(predicted.names.count),
                    "unknown_count": JSONValue(predicted.unknown.count),
                    "allowlist_count": JSONValue(output["tool_allowlist"]?.arrayValue?.count ?? 0),
                    "prefix_count": JSONValue(output["tool_prefixes"]?.arrayValue?.count ?? 0),
                    "filtered_by_allowed": .bool(!known.apis.isEmpty), "truncated": .bool(predicted.isTruncated),
                    "max_apis": JSONValue(parameters.maxAPIs),
                ]))
        episode.supportOutputs.append(output.merging(["api_predictor_output": .string(text)]))
    }

    /// The model's reply; empty from a model that breaks its protocol, which has failed at the task and at nothing else.
    private func reply(to request: ChatRequest, in scope: EpisodeScope) async throws -> String {
        let model = try scope.adapter.requireModel()
        do {
            let response = try await model.respond(to: request, in: scope.call(scope.adapter.id, index: 0))
            return response.message.text ?? ""
        } catch let error as EvaluationError where error.cause == .model {
            scope.events.report(
                RunEvent("reply_failed", episode: scope.episode, payload: ["error": .string(error.code.rawValue)]))
            return ""
        }
    }

    /// What the toolchain makes of it.
    private func filters(for predicted: PredictedAPIs, among known: KnownAPIs) -> JSONObject {
        let included = parameters.includedTools.compactMap { APIName($0)?.tool }
        var tools: [String] = []
        for tool in predicted.names.map(\.tool) + included where !tools.contains(tool) { tools.append(tool) }
        if !known.tools.isEmpty { tools = tools.filter(known.tools.contains) }
        let isKnown = { (app: String) in known.apps.isEmpty || known.apps.contains(app) }
        let wholeApps = parameters.includedApps.map { $0.lowercased() }.filter(isKnown)
        var apps: [String] = []
        for app in predicted.names.map(\.app) + wholeApps where !apps.contains(app) { apps.append(app) }
        return [
            "predicted_apis": Self.list(predicted.names.map(\.text)), "tool_allowlist": Self.list(tools),
            "tool_prefixes": Self.list(wholeApps.map { $0 + APIListing.separator }),
            "tool_doc_allowed_apps": Self.list(apps),
        ]
    }

    private static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}

/// What an earlier step found out about the interfaces; empty where there was none.
private struct KnownAPIs {
    var text = ""
    var apis: Set<String> = []
    var tools: Set<String> = []
    var apps: Set<String> = []

    init(_ episode: Episode) {
        for output in episode.supportOutputs {
            if let found = output["api_descriptions_context"]?.stringValue { text = found }
            apis.formUnion(Self.texts(output["api_descriptions_allowed_apis"]))
            tools.formUnion(Self.texts(output["api_descriptions_allowed_tools"]))
        }
        apps = Set(apis.compactMap { APIName($0)?.app })
    }

    private static func texts(_ value: JSONValue?) -> [String] { value?.arrayValue?.compactMap(\.stringValue) ?? [] }
}
