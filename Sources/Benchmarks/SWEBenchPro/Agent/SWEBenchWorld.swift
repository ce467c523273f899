import Evaluation
import JSON

/// A repository in a sandbox, in which an agent works with a shell and files.
///
/// Commands keep nothing between calls but files. A tool that fails answers with what went wrong; only a lost sandbox throws.
struct SWEBenchWorld: ArtifactWorld {
    /// How long commands may take, and how much of their output is shown.
    struct Limits: Sendable, Hashable {
        /// Seconds of a command that asks for nothing.
        var seconds = 180
        /// The most seconds that it may ask for.
        var longestSeconds = 900
        /// Bytes shown of an output's beginning, and again of its end.
        var shownBytes = 5_000
        /// The most bytes of a file that are shown.
        var fileBytes = 100_000
    }

    let sandbox: any CommandSandbox
    let capture: PatchCapture
    var limits = Limits()

    var root: String { capture.root }

    func tools(for participant: Participant) -> [ToolDefinition] {
        participant == .agent
            ? AgentTool.defaults(timeout: limits.seconds, longest: limits.longestSeconds) : []
    }

    mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        guard let tool = AgentTool(rawValue: call.name) else {
            let known = AgentTool.allCases.map(\.rawValue).joined(separator: ", ")
            return .failed("there is no tool '\(call.name)'; the tools are \(known)")
        }
        let arguments = ToolArguments(call.arguments)
        do {
            switch tool {
            case .bash: return try await bash(arguments)
            case .runShell: return try await runShell(arguments)
            case .readFile: return try await read(arguments)
            case .writeFile: return try await write(arguments)
            case .replaceInFile: return try await replace(arguments)
            case .submitPatch: return try await submitPatch(arguments)
            case .submit: return ToolResult(content: #"{"message": "submitted"}"#)
            }
        } catch let problem as ToolArguments.Problem {
            return .failed(problem.message)
        } catch let error as SandboxFileError {
            return .failed(error.description)
        }
    }

    func artifacts() async throws -> JSONObject {
        try await capture.take(from: sandbox).artifacts
    }
}

extension ToolResult {
    /// A tool's own failure, for the agent to read.
    static func failed(_ message: String) -> ToolResult {
        let value: JSONValue = ["error": .string(message)]
        return ToolResult(content: value.text(.python), isError: true, structured: value)
    }
}
