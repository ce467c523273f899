import Evaluation

/// Moves files with programs of the sandbox itself, so that no link in it can lead anywhere else.
struct ProgramFiles {
    let sandbox: any CommandSandbox

    func read(_ path: String, maximumBytes: Int) async throws -> [UInt8] {
        var command = Self.script("[ -e \"$1\" ] || exit 3; [ -f \"$1\" ] || exit 4; exec cat -- \"$1\"", path)
        command.outputLimit = SandboxOutputLimit(head: maximumBytes, tail: 0)
        let result = try await sandbox.run(command)
        try Self.check(result, path)
        return result.standardOutput.bytes
    }

    func unpack(_ tar: [UInt8], to directory: String) async throws {
        var command = Self.script("mkdir -p -- \"$1\" && exec tar -xpof - -C \"$1\"", directory)
        command.input = tar
        let result = try await sandbox.run(command)
        guard result.succeeded else { throw Self.failure(.notWritable, directory, result) }
    }

    func makeDirectory(_ path: String) async throws {
        let result = try await sandbox.run(Self.script("exec mkdir -p -- \"$1\"", path))
        guard result.succeeded else { throw Self.failure(.notWritable, path, result) }
    }

    /// Everything below a directory, or one file; the archive's first part is the name of the path itself.
    func pack(_ path: String, limits: SandboxCopyLimits) async throws -> [SandboxFile] {
        let text = """
            [ -e "$1" ] || exit 3
            if [ -d "$1" ]; then exec tar -cf - -C "$1" .; fi
            exec tar -cf - -C "$(dirname -- "$1")" -- "$(basename -- "$1")"
            """
        var command = Self.script(text, path)
        command.outputLimit = SandboxOutputLimit(head: limits.bytes + 2048 * (limits.files + 1), tail: 0)
        let result = try await sandbox.run(command)
        try Self.check(result, path)
        // One more for the directory itself.
        let inside = SandboxCopyLimits(bytes: limits.bytes, files: limits.files + 1)
        do {
            return try TarReader.read(result.standardOutput.bytes, limits: inside).filter { !$0.path.isEmpty }
        } catch let failure as TarReader.Failure {
            throw SandboxFileError(.wrongKind, path: path, detail: failure.description)
        }
    }

    /// The tar of files on their way in; refuses paths that lead out of the directory.
    static func archive(_ files: [SandboxFile], by writer: TarWriter) throws(SandboxFileError) -> [UInt8] {
        var writer = writer
        for file in files {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard !file.path.isEmpty, !file.path.utf8.contains(0), !parts.contains(".."), !file.path.hasPrefix("/")
            else { throw SandboxFileError(.invalidPath, path: file.path) }
            writer.add(file)
        }
        return writer.finish()
    }

    /// A path as its directory and its last part.
    static func split(_ path: String) throws(SandboxFileError) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { throw SandboxFileError(.invalidPath, path: path) }
        let name = String(path[path.index(after: slash)...])
        guard !name.isEmpty, name != ".", name != ".." else { throw SandboxFileError(.invalidPath, path: path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }

    /// A path that starts at a directory when it is not absolute.
    static func absolute(_ path: String, from base: String?) throws(SandboxFileError) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw SandboxFileError(.invalidPath, path: path) }
        if path.hasPrefix("/") { return path }
        guard let base else {
            throw SandboxFileError(
                .invalidPath, path: path, detail: "not absolute, and the profile has no exec_workdir")
        }
        return base.hasSuffix("/") ? base + path : "\(base)/\(path)"
    }

    private static func script(_ text: String, _ path: String) -> SandboxCommand {
        var command = SandboxCommand(["/bin/sh", "-c", text, "sh", path])
        command.timeout = .seconds(300)
        return command
    }

    private static func check(_ result: SandboxCommandResult, _ path: String) throws(SandboxFileError) {
        guard !result.standardOutput.isTruncated else { throw SandboxFileError(.tooLarge, path: path) }
        switch result.exitCode {
        case 0 where result.succeeded: return
        case 3: throw SandboxFileError(.missing, path: path)
        case 4: throw SandboxFileError(.wrongKind, path: path)
        default: throw failure(.wrongKind, path, result)
        }
    }

    private static func failure(
        _ reason: SandboxFileError.Reason, _ path: String, _ result: SandboxCommandResult
    ) -> SandboxFileError {
        SandboxFileError(reason, path: path, detail: String(result.standardError.text.prefix(300)))
    }
}
