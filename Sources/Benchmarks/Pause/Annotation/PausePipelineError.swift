import JSON

/// Something that went wrong while trajectories were annotated or evaluated; it is recorded, and the work goes on.
struct PausePipelineError: Sendable, Hashable {
    /// What kind of thing.
    enum Kind: String, Sendable, Hashable {
        /// A model could not be asked.
        case api = "llm_api_error"
        /// A model's answer could not be read.
        case parse = "llm_parse_error"
        /// A file could not be read or written.
        case io = "io_error"
        /// A dialogue could not be led.
        case runner = "runner_error"
        /// Anything else.
        case unknown = "unknown_error"
    }

    /// The kind.
    var kind: Kind
    /// Where in the work: `judge.api`, `select.parse` and so on.
    var stage: String
    /// What happened.
    var detail: String
    /// Which file, branch and task.
    var place: PausePlaceInPipeline
    /// What the model wrote, where that is the trouble.
    var raw = ""

    /// The entry of `pipeline_errors`.
    var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "stage": .string(stage), "detail": .string(detail),
            "file": .string(place.file), "branch": .string(place.branch), "label": .string(place.label),
            "traj_idx": JSONValue(optional: place.trajectory), "assistant_model": .string(place.assistantModel),
            "raw": .string(raw),
        ]
    }
}

/// Where in the pipeline something is.
struct PausePlaceInPipeline: Sendable, Hashable {
    /// The log file's name.
    var file: String
    /// The branch.
    var branch: String
    /// The task's label.
    var label = ""
    /// Which trajectory of the file; nil where it is about all of them.
    var trajectory: Int?
    /// The model behind the assistant.
    var assistantModel = ""
}
