import Evaluation
import JSON

extension SWEBenchWorld {
    /// `bash`: an observation with the return code and the output's head and tail.
    func bash(_ arguments: ToolArguments) async throws -> ToolResult {
        let (result, seconds) = try await run(arguments)
        var lines = ["<returncode>\(result.exitCode)</returncode>"]
        lines.append("<output>\n\(result.standardOutput.text)\n</output>")
        lines += notes(on: result, seconds: seconds)
        return ToolResult(content: lines.joined(separator: "\n"), isError: false)
    }

    /// `run_shell`: the same as a JSON object.
    func runShell(_ arguments: ToolArguments) async throws -> ToolResult {
        let (result, seconds) = try await run(arguments, mergesStreams: false)
        var object: JSONObject = [
            "exit_code": .int(Int64(result.exitCode)), "stdout": .string(result.standardOutput.text),
            "stderr": .string(result.standardError.text),
        ]
        let notes = notes(on: result, seconds: seconds)
        if !notes.isEmpty { object["note"] = .string(notes.joined(separator: " ")) }
        return .object(object)
    }

    /// `submit_patch_tool`: the patch against the base commit; it also ends the agent's work.
    func submitPatch(_ arguments: ToolArguments) async throws -> ToolResult {
        let seconds = min(max(1, try arguments.number("timeout_s") ?? 300), limits.longestSeconds)
        let taken = try await capture.take(from: sandbox, timeout: .bounded(seconds: seconds))
        return .object([
            "exit_code": taken.problem == nil ? 0 : 1,
            "stdout": .string(String(decoding: taken.patch.bytes, as: UTF8.self)),
            "stderr": .string(taken.problem ?? ""),
        ])
    }

    private func run(
        _ arguments: ToolArguments, mergesStreams: Bool = true
    ) async throws -> (result: SandboxCommandResult, seconds: Int) {
        var command = SandboxCommand(["bash", "-c", try arguments.text("command", "cmd")])
        let wanted = try arguments.number("timeout_s") ?? limits.seconds
        let seconds = min(max(1, wanted), limits.longestSeconds)
        command.workingDirectory = root
        command.timeout = .bounded(seconds: seconds)
        command.mergesStandardError = mergesStreams
        command.outputLimit = SandboxOutputLimit(head: limits.shownBytes, tail: limits.shownBytes)
        command.environment = [
            "PAGER": "cat", "MANPAGER": "cat", "GIT_PAGER": "cat", "LESS": "-R", "PIP_PROGRESS_BAR": "off",
            "TQDM_DISABLE": "1", "GIT_EDITOR": "true",
        ]
        return (try await sandbox.run(command), seconds)
    }

    private func notes(on result: SandboxCommandResult, seconds: Int) -> [String] {
        var notes: [String] = []
        if result.timedOut { notes.append("The command was ended after \(seconds) seconds.") }
        if result.ranOutOfMemory { notes.append("Something was killed because the memory limit was reached.") }
        if result.ranOutOfDisk { notes.append("The command was ended because the disk limit was reached.") }
        if result.sandboxRestarted { notes.append("All processes in the sandbox were ended; files are kept.") }
        return notes
    }
}

extension SWEBenchWorld {
    /// `read_file`.
    func read(_ arguments: ToolArguments) async throws -> ToolResult {
        let path = place(of: try arguments.text("path"))
        let bytes = try await sandbox.readFile(path)
        let text = String(decoding: bytes.prefix(limits.fileBytes), as: UTF8.self)
        var object: JSONObject = ["path": .string(path), "content": .string(text)]
        if bytes.count > limits.fileBytes {
            object["note"] = .string("The first \(limits.fileBytes) of \(bytes.count) bytes are shown.")
        }
        return .object(object)
    }

    /// `write_file`.
    func write(_ arguments: ToolArguments) async throws -> ToolResult {
        let path = place(of: try arguments.text("path"))
        let bytes = Array(try arguments.text("content").utf8)
        try await sandbox.writeFile(path, bytes)
        return .object(["path": .string(path), "bytes": JSONValue(bytes.count)])
    }

    /// `replace_in_file`: a regular expression in Python's syntax, all matches unless `count` says fewer.
    ///
    /// Python itself does it, in the sandbox: its expressions are what models write. The pattern goes in as data.
    func replace(_ arguments: ToolArguments) async throws -> ToolResult {
        let order: JSONValue = [
            "path": .string(place(of: try arguments.text("path"))), "pattern": .string(try arguments.text("pattern")),
            "replacement": .string(try arguments.text("replacement")),
            "count": JSONValue(max(0, try arguments.number("count") ?? 0)),
        ]
        var command = SandboxCommand([
            "sh", "-c", "if command -v python3 >/dev/null; then exec python3 -c \"$0\"; else exec python -c \"$0\"; fi",
            Self.replacing,
        ])
        command.workingDirectory = root
        command.timeout = .seconds(60)
        command.input = order.bytes()
        let result = try await sandbox.run(command)
        guard result.succeeded else {
            let reason = result.timedOut ? "the expression took too long" : result.standardError.text.trimmingSpaces()
            return .failed(String(reason.suffix(500)))
        }
        let replaced = Int(String(decoding: result.standardOutput.bytes, as: UTF8.self).trimmingSpaces())
        return .object(["replacements": JSONValue(replaced ?? 0)])
    }

    private static let replacing = """
        import json, re, sys
        order = json.load(sys.stdin)
        try:
            with open(order["path"], encoding="utf-8", errors="surrogateescape", newline="") as file:
                text = file.read()
            changed, times = re.subn(order["pattern"], order["replacement"], text, count=order["count"])
            with open(order["path"], "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
                file.write(changed)
        except (OSError, re.error, IndexError) as problem:
            sys.exit(str(problem))
        print(times)
        """

    /// A path as the agent means it: from the repository's root.
    private func place(of path: String) -> String { path.hasPrefix("/") ? path : "\(root)/\(path)" }
}

extension ToolResult {
    /// A result that is an object, which the agent reads as JSON.
    fileprivate static func object(_ object: JSONObject) -> ToolResult {
        ToolResult(content: JSONValue.object(object).text(.pretty), structured: .object(object))
    }
}
