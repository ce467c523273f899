import JSON

/// What an endpoint understands of sampling parameters.
///
/// OpenAI's reasoning models refuse `max_tokens` and a temperature of one's own; everyone else takes `max_tokens`.
struct SamplingDialect: Sendable {
    private static let lengthKeys = ["max_new_tokens", "max_tokens", "max_completion_tokens"]
    private static let fixedOnReasoningModels = [
        "temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs",
    ]

    let isReasoningModel: Bool
    private let dropsUnsupported: Bool

    init(model: String, isOpenAI: Bool, dropsUnsupported: Bool) {
        isReasoningModel = isOpenAI && Self.isReasoningModel(model)
        self.dropsUnsupported = dropsUnsupported
    }

    /// Merges layers of parameters, later ones winning.
    ///
    /// A null takes a parameter back, and the three names for the longest reply are one parameter.
    func merge(_ layers: [JSONObject]) -> JSONObject {
        var merged: JSONObject = [:]
        for layer in layers {
            for (key, value) in layer { set(key, value, in: &merged) }
        }
        if isReasoningModel, dropsUnsupported {
            for key in Self.fixedOnReasoningModels { merged[key] = nil }
        }
        return merged
    }

    private func set(_ key: String, _ value: JSONValue, in merged: inout JSONObject) {
        guard Self.lengthKeys.contains(key) else {
            if value.isNull { merged[key] = nil } else { merged[key] = value }
            return
        }
        for other in Self.lengthKeys { merged[other] = nil }
        if !value.isNull { merged[lengthKey(for: key)] = value }
    }

    private func lengthKey(for key: String) -> String {
        if isReasoningModel { return "max_completion_tokens" }
        return key == "max_new_tokens" ? "max_tokens" : key
    }

    private static func isReasoningModel(_ model: String) -> Bool {
        if model.hasPrefix("gpt-5") { return !model.hasPrefix("gpt-5-chat") }
        return ["o1", "o3", "o4"].contains { model == $0 || model.hasPrefix($0 + "-") }
    }
}
