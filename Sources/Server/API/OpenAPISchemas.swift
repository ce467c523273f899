import JSON

/// The shapes that `/openapi.json` describes.
enum OpenAPISchemas {
    /// A line of the scores.
    static let scoreRow: JSONValue = [
        "type": "object", "required": ["task-id", "prompt", "result", "truth", "score", "duration"],
        "properties": [
            "task-id": ["type": "string", "description": "task-<id>"],
            "prompt": ["type": "string", "description": "What the user was told."],
            "result": ["type": "string", "description": "The tool calls made, as name({json}), joined by commas."],
            "truth": ["type": "string", "description": "The expected tool calls, in the same form."],
            "score": [
                "type": ["number", "null"], "description": "The reward; null where the task could not be scored.",
            ],
            "duration": ["type": "integer", "description": "Wall-clock time in milliseconds."],
            "error": ["type": "string", "description": "Why the task could not be scored."],
            "trial": ["type": "integer", "description": "The attempt, counted from 0, where there are several."],
        ],
    ]

    /// A line of a trajectory.
    static let message: JSONValue = [
        "type": "object", "required": ["role", "content"],
        "properties": [
            "role": ["type": "string", "enum": ["system", "user", "assistant", "tool"]], "content": [:],
        ],
    ]

    /// How a run stands.
    static let run: JSONValue = [
        "type": "object", "required": ["run_id", "status", "model", "subset"],
        "properties": [
            "run_id": ["type": "string"],
            "status": ["type": "string", "enum": .array(RunPhase.allCases.map { .string($0.rawValue) })],
            "reason": ["type": "string"], "model": ["type": "string"], "subset": ["type": "string"],
            "task_ids": ["type": ["array", "null"], "items": ["type": "string"]],
            "trials": ["type": "integer"], "user_model": ["type": "string"],
            "planned": ["type": ["integer", "null"]], "scored": ["type": "integer"],
            "unscorable": ["type": "integer"],
            "errored": ["type": "object", "additionalProperties": ["type": "integer"]],
            "started_at": ["type": "number", "description": "Seconds since 1970."],
            "links": ["type": "object", "additionalProperties": ["type": "string"]],
        ],
    ]

    /// What a run is asked for with.
    static func request(subset: JSONValue) -> JSONValue {
        [
            "type": "object",
            "properties": [
                "run_id": ["type": "string", "description": "A run to go on with; the rest may then be left out."],
                "model": ["type": "string"], "model_name": ["type": "string", "description": "Another name of model."],
                "subset": subset, "subsets": ["description": "Another name of subset; a list of one is taken too."],
                "task_ids": ["type": "array", "items": ["type": ["string", "integer"]]],
                "trials": ["type": "integer", "minimum": 1, "maximum": 1000],
                "user_model": ["type": "string"],
                "dataset_name": ["type": "string", "description": "Taken from the documented input file."],
            ],
        ]
    }

    /// What is answered when something is wrong.
    static let problem: JSONValue = [
        "type": "object", "required": ["error"],
        "properties": [
            "error": [
                "type": "object", "required": ["code", "message"],
                "properties": [
                    "code": ["type": "string"], "message": ["type": "string"], "advice": ["type": "string"],
                    "fields": [
                        "type": "array",
                        "items": [
                            "type": "object",
                            "properties": ["field": ["type": "string"], "message": ["type": "string"]],
                        ],
                    ],
                    "run_id": ["type": "string"], "retry_after_s": ["type": "integer"],
                    "scores": ["type": "array", "items": ["$ref": "#/components/schemas/ScoreRow"]],
                ],
            ]
        ],
    ]
}
