import FoundationEssentials
import JSON

@testable import Tau

/// A small data set of the mock domain's form, written for these tests, in a folder of its own.
struct OwnMockData: ~Copyable {
    let root: String

    /// Writes the data; `layout` is the path of the domain's folder below the root.
    init(layout: String = "mock") throws {
        root = FileManager.default.temporaryDirectory.path + "/gage-tau2-\(UUID().uuidString)"
        let folder = "\(root)/\(layout)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, json) in Self.files {
            try Data(json.bytes(.pretty)).write(to: URL(filePath: "\(folder)/\(name)"))
        }
    }

    deinit {
        // A folder that stays behind harms nobody.
        try? FileManager.default.removeItem(atPath: root)
    }

    func domain() throws -> Tau2Domain {
        let taskSet = try Tau2TaskSet.named("mock")
        return try Tau2Domain(taskSet, in: Tau2DataDirectory(root: root, taskSet: taskSet))
    }

    private static let files: [(String, JSONValue)] = [
        (
            "db.json",
            [
                "tasks": [
                    "task_1": [
                        "task_id": "task_1", "title": "Water the plants", "description": "All of them.",
                        "status": "pending",
                    ]
                ],
                "users": ["ann": ["user_id": "ann", "name": "Ann", "tasks": ["task_1"]]],
            ]
        ),
        (
            "user_db.json",
            [
                "notifications": [
                    "n1": ["notification_id": "n1", "message": "Thirsty plants.", "task_id": "task_1"]
                ]
            ]
        ),
        ("split_tasks.json", ["base": ["water", "both", "judged", "asserted"], "train": ["both"]]),
        ("tasks.json", [water, both, judged, asserted]),
    ]

    private static let complete: JSONValue = [
        "action_id": "complete", "name": "update_task_status",
        "arguments": ["task_id": "task_1", "status": "completed"],
    ]

    private static let water: JSONValue = [
        "id": "water",
        "user_scenario": ["persona": "Ann.\nShort of time.", "instructions": "Have task_1 completed."],
        "ticket": "Complete task_1.",
        "evaluation_criteria": ["actions": [complete], "communicate_info": ["completed"]],
    ]

    /// Needs the user's hands too.
    private static let both: JSONValue = [
        "id": "both",
        "user_scenario": ["instructions": "Have task_1 completed, then dismiss n1."],
        "ticket": "Complete task_1 and dismiss n1.",
        "evaluation_criteria": [
            "actions": [
                complete,
                [
                    "action_id": "dismiss", "requestor": "user", "name": "dismiss_notification",
                    "arguments": ["notification_id": "n1"],
                ],
            ],
            "reward_basis": ["DB", "ACTION"],
        ],
    ]

    private static let judged: JSONValue = [
        "id": "judged",
        "user_scenario": ["instructions": "Have task_1 completed."],
        "evaluation_criteria": [
            "actions": [complete], "nl_assertions": ["The agent is friendly."],
            "reward_basis": ["DB", "NL_ASSERTION"],
        ],
    ]

    /// Its assertion raises when the agent creates nothing.
    private static let asserted: JSONValue = [
        "id": "asserted",
        "user_scenario": ["instructions": "Have a task created."],
        "evaluation_criteria": [
            "actions": [
                ["action_id": "create", "name": "create_task", "arguments": ["user_id": "ann", "title": "Rest"]]
            ],
            "env_assertions": [
                [
                    "env_type": "assistant", "func_name": "assert_task_status",
                    "arguments": ["task_id": "task_2", "expected_status": "pending"],
                ]
            ],
            "reward_basis": ["ENV_ASSERTION"],
        ],
    ]
}
