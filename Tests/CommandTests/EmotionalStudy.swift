import Glibc
import JSON
import Processes

/// A study of our own on tau2's mock domain: scripted users and an agent whose failures are known beforehand.
enum EmotionalStudy {
    static let taskCount = 24
    static let variants = ["control", "frustration", "anxiety", "anger"]

    /// Tasks on which the agent fails under a variant.
    static func failures(under variant: String) -> Set<Int> {
        switch variant {
        case "anger": Set(0..<12)
        case "anxiety": [0, 1]
        default: [0]
        }
    }

    /// What a user says first; frustrated users are told to be frustrated, and are not.
    static func opening(of variant: String) -> String {
        switch variant {
        case "anger": "This is unacceptable and I am furious. Complete my task."
        case "anxiety": "I am so worried and nervous that something will go wrong. Please complete my task."
        default: "Please complete my task."
        }
    }

    /// Writes data and template into a directory.
    static func write(into directory: borrowing TemporaryDirectory) throws {
        mkdir("\(directory.path)/mock", 0o755)
        var tasks: JSONObject = [:]
        for task in 0..<taskCount {
            tasks["task_\(task)"] = [
                "task_id": .string("task_\(task)"), "title": "Water", "description": "Plants.", "status": "pending",
            ]
        }
        let database: JSONValue = [
            "tasks": .object(tasks),
            "users": ["ann": ["user_id": "ann", "name": "Ann", "tasks": .array(tasks.keys.map(JSONValue.string))]],
        ]
        try directory.write(database.text(), to: "mock/db.json")
        try directory.write(#"{"notifications": {}}"#, to: "mock/user_db.json")
        let ids = (0..<taskCount).map { JSONValue.string("t\($0)") }
        try directory.write(JSONValue.object(["base": .array(ids)]).text(), to: "mock/split_tasks.json")
        try directory.write(JSONValue.array((0..<taskCount).map(task)).text(), to: "mock/tasks.json")
        try directory.write(JSONValue.object(agent).text(), to: "agent.json")
        try directory.write(JSONValue.object(user).text(), to: "user.json")
        try directory.write(template, to: "models.yaml")
    }

    private static func complete(_ number: Int) -> JSONValue {
        ["task_id": .string("task_\(number)"), "status": "completed"]
    }

    private static func task(_ number: Int) -> JSONValue {
        [
            "id": .string("t\(number)"),
            "user_scenario": ["persona": "Ann.", "instructions": .string("Have task_\(number) completed.")],
            "ticket": .string("Complete task_\(number)."),
            "evaluation_criteria": [
                "actions": [
                    ["action_id": "complete", "name": "update_task_status", "arguments": complete(number)]
                ]
            ],
        ]
    }

    private static var agent: JSONObject {
        var rules: [JSONValue] = []
        for variant in variants {
            for number in failures(under: variant) {
                rules.append([
                    "when": [
                        "purpose": "agent", "task": .string("tau2_mock__\(variant)"),
                        "sample": .string("mock_t\(number)"),
                    ], "reply": "I am sorry, that cannot be done.",
                ])
            }
        }
        let episodes = (0..<taskCount).map { number -> JSONValue in
            [
                "sample": .string("mock_t\(number)"),
                "replies": [
                    ["tool_calls": [["name": "update_task_status", "arguments": complete(number)]]], "It is done.",
                ],
            ]
        }
        return ["rules": .array(rules), "episodes": .array(episodes)]
    }

    private static var user: JSONObject {
        let rules = variants.map { variant -> JSONValue in
            [
                "when": ["task": .string("tau2_mock__\(variant)"), "call": 0],
                "reply": .string(opening(of: variant)),
            ]
        }
        return ["rules": .array(rules), "replies": ["unused", "That is all. ###STOP###"]]
    }

    private static let template = """
        backends:
          - {backend_id: agent_model, type: scripted, config: {path: agent.json, model: agent/of-ours}}
          - {backend_id: user_model, type: scripted, config: {path: user.json, model: user}}
        """

    /// Writes models for the original τ-bench's retail tasks: the agent does what is expected, but not the first two
    /// tasks that need an action when the user is angry.
    static func writeOriginal(into directory: borrowing TemporaryDirectory, data: String, tasks count: Int) async throws
    {
        let tasks = try JSONValue.parse(
            try await Processes.run(ProcessCommand("cat", ["\(data)/retail/tasks_test.json"])).output)
        var episodes: [JSONValue] = []
        var rules: [JSONValue] = []
        for number in 0..<count {
            let actions = tasks[number]?["actions"]?.arrayValue ?? []
            let calls = actions.map { action -> JSONValue in
                let name = action["name"] ?? .null
                let arguments = action["kwargs"] ?? action["arguments"] ?? [:]
                return ["tool_calls": [["name": name, "arguments": arguments]]]
            }
            let outputs = (tasks[number]?["outputs"]?.arrayValue ?? []).compactMap(\.stringValue)
            let last = JSONValue.string("It is done. " + outputs.joined(separator: ", "))
            episodes.append(["sample": .string("retail_test_\(number)"), "replies": .array(calls + [last, last])])
            guard number < 2 else { continue }
            rules.append([
                "when": [
                    "purpose": "agent", "task": "retail__anger", "sample": .string("retail_test_\(number)"),
                ], "reply": "I cannot do that.",
            ])
        }
        let agent: JSONValue = ["rules": .array(rules), "episodes": .array(episodes)]
        try directory.write(agent.text(), to: "agent.json")
        try directory.write(####"{"replies": ["Please help me.", "###STOP###", "###STOP###"]}"####, to: "user.json")
        try directory.write(template, to: "models.yaml")
    }
}
