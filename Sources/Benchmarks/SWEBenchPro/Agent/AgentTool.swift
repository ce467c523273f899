import Evaluation
import JSON

/// The tools of SWE-bench agents: the guide's five, and two that suffice.
enum AgentTool: String, CaseIterable {
    case runShell = "run_shell"
    case readFile = "read_file"
    case writeFile = "write_file"
    case replaceInFile = "replace_in_file"
    case submitPatch = "submit_patch_tool"
    case bash
    case submit

    /// The tools that an agent gets when no toolchain says otherwise.
    static func defaults(timeout: Int, longest: Int) -> [ToolDefinition] {
        [
            ToolDefinition(
                name: AgentTool.bash.rawValue,
                description: """
                    Runs a command with bash in the repository. Every call starts in a fresh shell: directory changes and \
                    variables do not last. A command may take \(timeout) seconds unless timeout_s asks for more, \(longest) \
                    at most.
                    """,
                parameters: [
                    "type": "object",
                    "properties": [
                        "command": ["type": "string", "description": "What bash is to run."],
                        "timeout_s": ["type": "integer", "description": "Seconds that it may take."],
                    ],
                    "required": ["command"],
                ]),
            ToolDefinition(
                name: AgentTool.submit.rawValue,
                description: "Ends the work. All changes in the repository, new files included, are the solution.",
                parameters: ["type": "object", "properties": [:]],
                extensions: ["final_answer_from": ["message"]]),
        ]
    }
}
