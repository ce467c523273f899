public import Evaluation
public import JSON

/// Which model judges natural-language assertions.
public struct Tau2JudgeChoice: Sendable {
    /// Whether a model may be asked at all.
    public enum Mode: String, ParameterChoice {
        /// Where a task counts such assertions.
        case on
        /// Never: such tasks cannot be scored.
        case off
    }

    /// Whether a model may be asked at all.
    public var mode = Mode.on
    /// The backend that judges.
    public var backend: String?
    /// The model that judges, by a LiteLLM-style name.
    public var model: String?
    /// Parameters of the judging model.
    public var modelArguments: JSONObject?

    /// A judge may be asked, and none is named.
    public init() {}

    /// The choice as a sample's metadata keep it for judging again.
    var json: JSONValue {
        [
            "nl_judge": .string(mode.rawValue), "nl_judge_backend_id": JSONValue(optional: backend),
            "nl_judge_model": JSONValue(optional: model), "nl_judge_model_args": JSONValue(optional: modelArguments),
        ]
    }

    /// Reads what ``json`` writes.
    init(json: JSONValue) {
        mode = json["nl_judge"]?.stringValue.flatMap(Mode.init) ?? .on
        backend = json["nl_judge_backend_id"]?.stringValue
        model = json["nl_judge_model"]?.stringValue
        modelArguments = json["nl_judge_model_args"]?.objectValue
    }

    /// This choice, completed by another where it says nothing.
    func completed(by other: Tau2JudgeChoice) -> Tau2JudgeChoice {
        var choice = self
        if other.mode == .off { choice.mode = .off }
        guard backend == nil, model == nil else { return choice }
        choice.backend = other.backend
        choice.model = other.model
        choice.modelArguments = modelArguments ?? other.modelArguments
        return choice
    }
}

/// A block of parameters that says, among other things, which model judges natural-language assertions.
public protocol Tau2JudgeChoosing: Parameters {
    /// Which model judges.
    var judge: Tau2JudgeChoice { get set }
}

extension Tau2JudgeChoosing {
    /// The keys of the choice.
    static var judgeFields: [ParameterField<Self>] {
        [
            .init(
                "nl_judge", \.judge.mode,
                "Whether a model judges natural-language assertions; off leaves such tasks unscored."),
            .init(
                "nl_judge_backend_id", \.judge.backend, "The backend that judges natural-language assertions."
            ) { $0.reference = .backend },
            .init(
                "nl_judge_model", \.judge.model,
                "The model that judges them, by a LiteLLM-style name; officially gpt-4.1-2025-04-14."),
            .init(
                "nl_judge_model_args", \.judge.modelArguments,
                "Parameters of that model; temperature 0 if not given, as officially."),
        ]
    }
}
