import Evaluation
import JSON
import Models

/// A program that answers chat requests.
struct ProgramModel: ChatModel {
    let program: Program
    let task: ProgramTask

    var name: String { program.name }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await program.ask(task, Self.details(of: request, in: context))
        var response = try read(answer, index: context.index)
        response.duration = (clock.now - start) / .seconds(1)
        return response
    }

    private static func details(of request: ChatRequest, in context: CallContext) -> JSONObject {
        var details: JSONObject = [
            "episode": ProgramView.identity(context.episode), "purpose": .string(context.purpose),
            "index": .int(Int64(context.index)), "seed": .number(String(context.seed)),
            "messages": .array(request.messages.map(\.json)), "tools": .array(request.tools.map(\.json)),
        ]
        if let choice = request.toolChoice { details["tool_choice"] = choice.wire }
        if !request.parameters.isEmpty { details["parameters"] = .object(request.parameters) }
        if let format = request.responseFormat.wire { details["response_format"] = format }
        return details
    }

    /// Reads `{message: {content, tool_calls}}`, or `{content}` alone.
    private func read(_ answer: JSONObject, index: Int) throws -> ChatResponse {
        guard var object = answer["message"]?.objectValue ?? (answer["content"].map { ["content": $0] }) else {
            throw program.failure(
                task, .programMalformedReply, "answered without a 'message'",
                advice: "answer {\"message\": {\"content\": \"…\"}} or {\"content\": \"…\"}")
        }
        object["role"] = "assistant"
        var message: Message
        do {
            message = try Message(json: .object(object))
        } catch {
            if error.cause == .model { throw error }
            throw program.failure(
                task, .programMalformedReply, "answered with a message that is none: \(error.message)")
        }
        for position in message.toolCalls.indices where message.toolCalls[position].id.isEmpty {
            message.toolCalls[position].id = "call_\(index)_\(position)"
        }
        var response = ChatResponse(
            message: message, finishReason: message.toolCalls.isEmpty ? .stop : .toolCalls,
            model: answer["model"]?.stringValue ?? name, usage: answer["usage"].map(Usage.init),
            cost: answer["cost_usd"]?.doubleValue)
        if answer["finish_reason"]?.stringValue == "length" { response.finishReason = .length }
        return response
    }
}

/// Makes the model of a backend of type `command`.
struct ProgramModelFactory: ChatModelFactory {
    let program: Program

    init(_ settings: ProgramSettings) throws { program = try Program(settings) }

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        ProgramModel(program: program, task: .respond)
    }
}
