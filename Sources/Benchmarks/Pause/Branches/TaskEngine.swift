public import Evaluation
public import JSON

/// Who writes the tasks of the wearable and lifestyle branches.
public enum TaskEngine: Sendable {
    /// Templates: no model, and a known solution for every task.
    case template
    /// A language model, with sampling parameters by their OpenAI names.
    case model(any ChatModel, parameters: JSONObject)
}
