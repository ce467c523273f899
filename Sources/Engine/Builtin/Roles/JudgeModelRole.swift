import Evaluation
import JSON

/// The parameters of `judge_model`.
struct JudgeModelParameters: Parameters {
    /// What the judge's reply must be.
    enum Format: String, ParameterChoice {
        case json
        case text
    }

    var format = Format.json
    var outputKey = "judge"
    var samplingParameters: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init(
                "output_format", \.format,
                "json: the reply must hold a JSON object, whose keys become the verdict; text: it is kept as it is."),
            .init("output_key", \.outputKey, "The key under which the verdict stands in the judge output."),
            .init("sampling_params", \.samplingParameters, "Sampling parameters of every call."),
        ]
    }
}

/// `judge_model`: a model reads the sample, the references and the answer, and decides.
struct JudgeModelRole: RoleAdapter {
    let parameters: JudgeModelParameters

    let contract = StepContract(reads: [.prediction], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        guard let prompt = scope.adapter.prompt else {
            throw EvaluationError(
                .configurationInvalid, "judge '\(scope.adapter.id)' has no prompt", cause: .configuration,
                advice: "give it a 'prompt_id'")
        }
        var variables = PromptVariables.make(for: episode, adapter: scope.adapter)
        variables["sample"] = .object(episode.sample.judgedJSON)
        variables["model_output"] = episode.prediction?.json ?? .null
        variables["trajectory"] = .array(episode.trajectory.entries.map(\.json))
        let request = ChatRequest(
            messages: try prompt.render(variables, over: []), parameters: parameters.samplingParameters,
            responseFormat: .text)
        let model = try scope.adapter.requireModel()
        let response = try await model.respond(
            to: request, in: scope.call(scope.adapter.id, index: episode.verdicts.count))
        let text = response.message.text ?? ""
        let output = try parameters.format == .text ? JSONValue.string(text) : Self.object(in: text)
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: [parameters.outputKey: output]))
    }

    /// The first JSON object in a reply, which may stand in a code fence or behind prose.
    static func object(in text: String) throws(EvaluationError) -> JSONValue {
        let bytes = Array(text.utf8)
        for start in bytes.indices where bytes[start] == UInt8(ascii: "{") {
            guard let end = closing(of: start, in: bytes) else { continue }
            // Braces that hold no JSON are passed over.
            if let value = try? JSONValue.parse(String(decoding: bytes[start...end], as: UTF8.self)) { return value }
        }
        throw EvaluationError(
            .judgeFailed, "the judge's reply holds no JSON object", cause: .provider, retry: .worthwhile)
    }

    private static func closing(of start: Int, in bytes: [UInt8]) -> Int? {
        var depth = 0
        var isInText = false
        var isEscaped = false
        for index in start..<bytes.count {
            let byte = bytes[index]
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }
}
