import Evaluation

extension DockerSandbox {
    func readFile(_ path: String, maximumBytes: Int) async throws -> [UInt8] {
        try await filing(path) {
            let path = try self.absolute(path)
            if self.isHidden(path) { return try await self.programs.read(path, maximumBytes: maximumBytes) }
            let (resolved, status) = try await self.resolve(path)
            guard status.isRegularFile else { throw SandboxFileError(.wrongKind, path: path) }
            guard status.size <= maximumBytes else {
                throw SandboxFileError(
                    .tooLarge, path: path, detail: "\(status.size) bytes, and \(maximumBytes) are allowed")
            }
            // Half a block more than the file for each head and extension that an archive of one file may have.
            let tar = try await self.client.getArchive(resolved, of: self.id, maximumBytes: maximumBytes + (1 << 17))
            let files = try TarReader.read(tar, limits: SandboxCopyLimits(bytes: maximumBytes, files: 4))
            guard let bytes = files.first?.bytes else { throw SandboxFileError(.wrongKind, path: path) }
            return bytes
        }
    }

    func writeFile(_ path: String, _ bytes: [UInt8], permissions: UInt16) async throws {
        let (directory, name) = try ProgramFiles.split(absolute(path))
        try await copyIn([SandboxFile(name, .file(bytes), permissions: permissions)], to: directory)
    }

    func copyIn(_ files: [SandboxFile], to directory: String) async throws {
        try await filing(directory) {
            let directory = try self.absolute(directory)
            let tar = try ProgramFiles.archive(files, by: self.owner)
            guard !self.isHidden(directory), !self.plan.specification.isReadOnly else {
                return try await self.programs.unpack(tar, to: directory)
            }
            do {
                try await self.client.putArchive(tar, to: directory, of: self.id)
            } catch let error as DockerError where error.code == .notFound {
                try await self.programs.makeDirectory(directory)
                try await self.client.putArchive(tar, to: directory, of: self.id)
            }
        }
    }

    func copyOut(_ path: String, limits: SandboxCopyLimits) async throws -> [SandboxFile] {
        try await filing(path) {
            let path = try self.absolute(path)
            if self.isHidden(path) { return try await self.programs.pack(path, limits: limits) }
            let (resolved, status) = try await self.resolve(path)
            let most = limits.bytes + 2048 * (limits.files + 1)
            let tar = try await self.client.getArchive(resolved, of: self.id, maximumBytes: most)
            // One more for the directory itself.
            let inside = SandboxCopyLimits(bytes: limits.bytes, files: limits.files + 1)
            let found = try TarReader.read(tar, limits: inside)
            return status.isDirectory ? Self.withoutFirstPart(found) : found
        }
    }

    /// Puts a command's input where the script finds it; the name of the file, or an empty one when there is none.
    func stageInput(_ input: [UInt8], _ token: String) async throws -> String {
        guard !input.isEmpty else { return "" }
        let name = ".gage-input-\(token)"
        var writer = owner
        writer.add(SandboxFile(name, .file(input)))
        try await client.putArchive(writer.finish(), to: plan.stagingDirectory, of: id)
        return plan.stagingDirectory == "/" ? "/\(name)" : "\(plan.stagingDirectory)/\(name)"
    }

    // Paths.

    /// The end of a chain of symbolic links, and what stands there.
    private func resolve(_ path: String) async throws -> (String, ContainerPath) {
        var path = path
        for _ in 0..<16 {
            guard let status = try await client.pathStatus(path, in: id) else {
                throw SandboxFileError(.missing, path: path)
            }
            guard let target = status.linkTarget else { return (path, status) }
            path = target
        }
        throw SandboxFileError(.wrongKind, path: path, detail: "too many symbolic links")
    }

    private func absolute(_ path: String) throws(SandboxFileError) -> String {
        try ProgramFiles.absolute(path, from: plan.profile.settings.execWorkingDirectory)
    }

    /// For directories that the engine's archive calls do not see.
    private var programs: ProgramFiles { ProgramFiles(sandbox: self) }

    private func isHidden(_ path: String) -> Bool {
        plan.hiddenDirectories.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// An archive writer for whoever commands run as, as far as the profile says it in numbers.
    private var owner: TarWriter {
        let settings = plan.profile.settings
        let numbers = (settings.execUser ?? settings.user ?? "").split(separator: ":").map { Int($0) ?? 0 }
        return TarWriter(userID: numbers.first ?? 0, groupID: numbers.count > 1 ? numbers[1] : 0)
    }

    private static func withoutFirstPart(_ files: [SandboxFile]) -> [SandboxFile] {
        files.compactMap { file in
            guard let slash = file.path.firstIndex(of: "/") else { return nil }
            var file = file
            file.path = String(file.path[file.path.index(after: slash)...])
            return file
        }
    }

    /// Runs work with files, with the engine's errors in the words of files where they are about one.
    private func filing<Value>(_ path: String, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let failure as TarReader.Failure {
            throw SandboxFileError(.wrongKind, path: path, detail: failure.description)
        } catch let error as DockerError {
            guard let status = error.status else { throw error.asEvaluationError }
            let isGone = error.message.contains("No such container")
            guard !isGone, status < 500 || error.message.contains("not a directory") else {
                throw error.asEvaluationError
            }
            let reason: SandboxFileError.Reason = status == 404 ? .missing : .notWritable
            throw SandboxFileError(reason, path: path, detail: error.message)
        }
    }
}
