import Evaluation
import JSON

/// The parameters of `dut_model` and `judge_model`'s calls.
struct ModelRoleParameters: Parameters {
    var samplingParameters: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [.init("sampling_params", \.samplingParameters, "Sampling parameters of every call.")]
    }
}

/// `dut_model`: asks the evaluated model once.
struct ModelRole: RoleAdapter {
    let parameters: ModelRoleParameters

    let contract = StepContract(reads: [.messages], writes: [.trajectory, .prediction])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        var messages = episode.sample.messages
        if let prompt = scope.adapter.prompt {
            let payload: JSONObject = ["instruction": .string(PromptVariables.instruction(of: episode.sample))]
            messages = try prompt.render(
                PromptVariables.make(for: episode, adapter: scope.adapter, payload: payload), over: messages)
        }
        var sampling = parameters.samplingParameters
        sampling.merge(episode.sample.samplingParameters)
        let request = ChatRequest(
            messages: messages, tools: episode.sample.tools, toolChoice: episode.sample.toolChoice,
            parameters: sampling)
        for message in messages {
            episode.trajectory.entries.append(
                Trajectory.Entry(message, by: message.role == .user ? .user : .environment))
        }
        let start = scope.clock.monotonicSeconds
        let model = try scope.adapter.requireModel()
        let response: ChatResponse
        do {
            response = try await model.respond(to: request, in: scope.call("agent", index: 0))
        } catch let error as EvaluationError where error.cause == .model {
            // A model that breaks its protocol has failed at the task, as an agent that does has.
            let isTooLong = error.code == .contextWindowExceeded
            episode.trajectory.termination = isTooLong ? .contextWindowExceeded : .agentError
            episode.prediction = Prediction(answer: nil, extras: ["error": error.json])
            return
        }
        var entry = Trajectory.Entry(answer: response, by: .agent)
        entry.duration = scope.clock.monotonicSeconds - start
        entry.time = entry.duration
        episode.trajectory.entries.append(entry)
        episode.trajectory.termination = .finalAnswer
        episode.prediction = Prediction(answer: response.message.text)
    }
}
