import Evaluation
import GageConfiguration
import JSON

/// Models whose calls become spans of a step.
struct TracedModels: ModelProvider {
    let base: any ModelProvider
    let trace: AttemptTrace
    let step: TraceID.Span

    func model(backend id: String) throws -> any ChatModel { traced(try base.model(backend: id), backend: id) }

    /// A step's adapter with its models traced.
    func traced(_ binding: AdapterBinding, of planned: PlannedAdapter) -> AdapterBinding {
        var binding = binding
        if let model = binding.model, let id = planned.backendID { binding.model = traced(model, backend: id) }
        if let agent = binding.agentBackend {
            binding.agentBackend?.model = traced(agent.model, backend: agent.id)
        }
        return binding
    }

    private func traced(_ model: any ChatModel, backend id: String) -> any ChatModel {
        TracedModel(
            base: model, trace: trace, step: step, provider: trace.tracer.provider(ofBackend: id), backend: id)
    }

    func model(named name: String, parameters: JSONObject) throws -> any ChatModel {
        // Such names begin with their provider, or mean OpenAI's.
        let prefix = name.split(separator: "/").count > 1 ? name.split(separator: "/").first.map(String.init) : nil
        return TracedModel(
            base: try base.model(named: name, parameters: parameters), trace: trace, step: step,
            provider: TraceProvider.name(of: prefix ?? "openai"), backend: name)
    }
}

/// A model whose calls become spans.
private struct TracedModel: ChatModel {
    let base: any ChatModel
    let trace: AttemptTrace
    let step: TraceID.Span
    let provider: String?
    let backend: String

    var name: String { base.name }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        var span = TraceSpan("chat \(name)", parent: step, start: trace.now, attributes: attributes(request, context))
        span.kind = .client
        do {
            let response = try await base.respond(to: request, in: context)
            note(response, in: &span)
            trace.end(span, failure: nil)
            return response
        } catch {
            trace.end(span, failure: OutcomeRules.error(error, in: "model call"))
            throw error
        }
    }

    private func attributes(_ request: ChatRequest, _ context: CallContext) -> JSONObject {
        var attributes: JSONObject = [
            "gen_ai.operation.name": "chat", "gen_ai.provider.name": .string(provider ?? "unknown"),
            "gen_ai.request.model": .string(name), "gage.backend": .string(backend),
            "gage.purpose": .string(context.purpose), "gage.call": JSONValue(context.index),
        ]
        for parameter in ["temperature", "top_p", "max_tokens", "seed", "frequency_penalty", "presence_penalty"] {
            guard let value = request.parameters[parameter], value.doubleValue != nil else { continue }
            attributes["gen_ai.request.\(parameter)"] = value
        }
        return attributes
    }

    private func note(_ response: ChatResponse, in span: inout TraceSpan) {
        span.attributes["gen_ai.response.model"] = .string(response.model)
        span.attributes["gen_ai.response.finish_reasons"] = [.string(response.finishReason.name)]
        span.attributes["gen_ai.usage.input_tokens"] = response.usage?.inputTokens.map { JSONValue($0) } ?? .null
        span.attributes["gen_ai.usage.output_tokens"] = response.usage?.outputTokens.map { JSONValue($0) } ?? .null
        span.attributes["gage.cost_usd"] = response.cost.map { JSONValue($0) } ?? .null
        span.attributes["gage.calls"] = JSONValue(response.attempts)
        if response.isReplayed { span.attributes["gage.replayed"] = true }
    }
}

/// The names of providers in OpenTelemetry's conventions.
enum TraceProvider {
    /// The provider of a backend's type or of a model's prefix.
    static func name(of type: String) -> String {
        let known: [(prefix: String, name: String)] = [
            ("azure", "azure.ai.openai"), ("openai", "openai"), ("anthropic", "anthropic"), ("gemini", "gcp.gemini"),
            ("deepseek", "deepseek"), ("groq", "groq"), ("mistral", "mistral_ai"), ("xai", "x_ai"),
        ]
        return known.first { type.hasPrefix($0.prefix) }?.name ?? type
    }

    /// The providers of a plan's backends and agent backends, by id.
    static func names(in plan: Plan) -> [String: String] {
        var names = Dictionary(plan.backends.map { ($0.id, name(of: $0.typeKey)) }, uniquingKeysWith: { $1 })
        for agent in plan.agentBackends where names[agent.id] == nil { names[agent.id] = names[agent.backendID] }
        return names
    }
}
