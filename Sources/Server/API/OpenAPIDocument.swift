import JSON

/// The description of the API that `/openapi.json` serves, after OpenAPI 3.1.
struct OpenAPIDocument {
    let service: any BenchmarkService
    let configuration: APIConfiguration

    var json: JSONValue {
        var document: JSONObject = [
            "openapi": "3.1.0",
            "info": [
                "title": .string("gage: \(service.title)"), "version": .string(configuration.version),
                "description": "Runs a benchmark on request and answers its scores.",
            ],
            "paths": .object(paths),
            "components": .object(components),
        ]
        if configuration.token != nil { document["security"] = [["token": []]] }
        return .object(document)
    }

    private var paths: JSONObject {
        [
            "/health": ["get": .object(open("health", "Whether the server is there, and how much it does.", health))],
            "/openapi.json": [
                "get": .object(open("openapi", "This description.", Self.json(["type": "object"], "The description.")))
            ],
            "/scores": ["get": .object(scores)],
            "/runs": ["get": .object(list), "post": .object(begin)],
            "/runs/{id}": ["get": .object(describe), "delete": .object(cancel), "parameters": [Self.runID]],
            "/runs/{id}/scores": ["get": .object(runScores), "parameters": [Self.runID]],
            "/runs/{id}/trajectories/{task}": ["get": .object(trajectory), "parameters": [Self.runID, Self.task]],
            "/runs/{id}/events": ["get": .object(events), "parameters": [Self.runID]],
        ]
    }

    // MARK: Operations

    private var scores: JSONObject {
        Self.operation(
            "scores", "Run the benchmark and answer its scores when it is done.",
            parameters: [
                Self.query("model", "The model: openai/gpt-4o, or openai_gpt-4o with / written as _ and _ as __."),
                Self.query("subset", "The subset.", schema: subsetSchema),
                Self.query(
                    "taskID", "Tasks by id, separated by commas; all of the subset by default.", required: false),
                Self.query("trials", "Attempts at each task.", required: false, schema: Self.count),
                Self.query("user_model", "The model that plays the user.", required: false),
                Self.query(
                    "fresh", "false answers the latest completed run of the same request, where there is one.",
                    required: false, schema: Self.flag(true)),
                Self.query(
                    "stream", "Answer each score as its task finishes; also asked for by Accept.",
                    required: false, schema: Self.flag(false)),
                Self.query(
                    "cancel_on_disconnect", "Stop the run when the client hangs up.",
                    required: false, schema: Self.flag(false)),
            ],
            responses: [
                "200": Self.lines("ScoreRow", "The scores, one JSON object a line, in the order of the tasks."),
                "409": Self.problem("The run was taken back before it began."),
                "429": Self.problem("The queue is full; Retry-After says when to try again."),
                "502": Self.problem("No task could be scored; the error names the run and has a row for each task."),
                "503": Self.problem("The run was interrupted, or the server is about to stop."),
            ])
    }

    private var list: JSONObject {
        Self.operation(
            "listRuns", "The latest runs.",
            parameters: [Self.query("limit", "At most so many.", required: false, schema: Self.count)],
            responses: [
                "200": Self.json(
                    ["type": "object", "properties": ["runs": ["type": "array", "items": Self.reference("Run")]]],
                    "The runs, the latest first.")
            ])
    }

    private var begin: JSONObject {
        var operation = Self.operation(
            "beginRun", "Begin a run in the background, or go on with one.", parameters: [],
            responses: [
                "202": Self.json(Self.reference("Run"), "The run was taken in; Location says where it is."),
                "409": Self.problem("The run to go on with is going on already."),
                "413": Self.problem("The body is too large."),
                "429": Self.problem("The queue is full; Retry-After says when to try again."),
                "503": Self.problem("The server is about to stop."),
            ])
        operation["requestBody"] = [
            "required": true, "content": ["application/json": ["schema": Self.reference("RunRequest")]],
        ]
        return operation
    }

    private var describe: JSONObject {
        Self.operation(
            "describeRun", "How a run stands.", parameters: [],
            responses: ["200": Self.json(Self.reference("Run"), "The run.")])
    }

    private var cancel: JSONObject {
        Self.operation(
            "cancelRun", "Stop a run so that it can be gone on with, or take it back before it begins.", parameters: [],
            responses: [
                "200": Self.json(Self.reference("Run"), "The run was taken back, or has stopped."),
                "202": Self.json(Self.reference("Run"), "The run is stopping."),
                "409": Self.problem("The run is over."),
            ])
    }

    private var runScores: JSONObject {
        Self.operation(
            "runScores", "The scores that a run has so far.",
            parameters: [Self.query("taskID", "Only these tasks, separated by commas.", required: false)],
            responses: ["200": Self.lines("ScoreRow", "The scores, one JSON object a line.")])
    }

    private var trajectory: JSONObject {
        Self.operation(
            "trajectory", "The messages of one attempt at a task.",
            parameters: [
                Self.query(
                    "trial", "The attempt, counted from 0.", required: false,
                    schema: ["type": "integer", "minimum": 0, "default": 0])
            ],
            responses: ["200": Self.lines("Message", "The messages, one JSON object a line.")])
    }

    private var events: JSONObject {
        Self.operation(
            "runEvents", "What happens to a run: events state, task, progress, end.", parameters: [],
            responses: [
                "200": [
                    "description": "Server-sent events until the run is over.",
                    "content": ["text/event-stream": ["schema": ["type": "string"]]],
                ]
            ])
    }

    private func open(_ id: String, _ summary: String, _ answer: JSONValue) -> JSONObject {
        ["operationId": .string(id), "summary": .string(summary), "security": [], "responses": ["200": answer]]
    }

    private var health: JSONValue {
        Self.json(
            [
                "type": "object", "required": ["status", "version", "running", "queued"],
                "properties": [
                    "status": ["type": "string"], "version": ["type": "string"], "running": ["type": "integer"],
                    "queued": ["type": "integer"],
                ],
            ], "The server is there.")
    }

    // MARK: Shapes

    private var components: JSONObject {
        var components: JSONObject = [
            "schemas": [
                "ScoreRow": OpenAPISchemas.scoreRow, "Message": OpenAPISchemas.message, "Run": OpenAPISchemas.run,
                "RunRequest": OpenAPISchemas.request(subset: subsetSchema), "Problem": OpenAPISchemas.problem,
            ]
        ]
        if configuration.token != nil {
            components["securitySchemes"] = ["token": ["type": "http", "scheme": "bearer"]]
        }
        return components
    }

    private var subsetSchema: JSONValue {
        ["type": "string", "enum": .array(service.subsets.map(JSONValue.string))]
    }

    private static let count: JSONValue = ["type": "integer", "minimum": 1, "maximum": 1000]

    private static let runID: JSONValue = [
        "name": "id", "in": "path", "required": true, "description": "The run's id.", "schema": ["type": "string"],
    ]

    private static let task: JSONValue = [
        "name": "task", "in": "path", "required": true, "description": "The task's id.", "schema": ["type": "string"],
    ]

    private static func flag(_ value: Bool) -> JSONValue { ["type": "boolean", "default": .bool(value)] }

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    private static func query(
        _ name: String, _ text: String, required: Bool = true, schema: JSONValue = ["type": "string"]
    ) -> JSONValue {
        [
            "name": .string(name), "in": "query", "required": .bool(required), "description": .string(text),
            "schema": schema,
        ]
    }

    private static func json(_ schema: JSONValue, _ text: String) -> JSONValue {
        ["description": .string(text), "content": ["application/json": ["schema": schema]]]
    }

    private static func lines(_ name: String, _ text: String) -> JSONValue {
        [
            "description": .string(text),
            "headers": [
                "X-Run-Id": ["description": "The run.", "schema": ["type": "string"]],
                "X-Run-Status": [
                    "description": "completed; partial for a run that did not complete; else how it stands.",
                    "schema": ["type": "string"],
                ],
            ],
            "content": ["application/jsonl": ["schema": reference(name)]],
        ]
    }

    private static func problem(_ text: String) -> JSONValue { json(reference("Problem"), text) }

    private static func operation(
        _ id: String, _ summary: String, parameters: [JSONValue], responses: JSONObject
    ) -> JSONObject {
        var operation: JSONObject = ["operationId": .string(id), "summary": .string(summary)]
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        var all = responses
        all["default"] = problem("Anything else that is wrong: 400, 401, 403, 404, 422, 500.")
        operation["responses"] = .object(all)
        return operation
    }
}
