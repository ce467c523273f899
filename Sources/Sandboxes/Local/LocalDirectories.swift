import Evaluation
import Glibc
import Processes

/// The directories that local sandboxes have on this machine.
enum LocalDirectories {
    private static let prefix = "gage-sandbox-"

    /// Makes the directories of a sandbox; root gives them to a user that nobody else is.
    static func make(below parent: String) throws(EvaluationError) -> LocalPlace {
        let user: UInt32? = geteuid() == 0 ? UInt32.random(in: 700_000_000..<800_000_000) : nil
        let place = LocalPlace(root: "\(parent)/\(prefix)\(randomToken())", user: user)
        func check(_ status: Int32, _ path: String) throws(EvaluationError) {
            guard status != 0 else { return }
            throw EvaluationError(
                .sandboxUnavailable, "a local sandbox cannot make '\(path)': \(String(cString: strerror(errno)))",
                cause: .sandbox, retry: .worthwhile, advice: "is there room in '\(parent)', and may it be written?")
        }
        try check(mkdir(place.root, 0o711), place.root)
        let owner = open(place.root + "/owner", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        try check(owner < 0 ? -1 : 0, place.root)
        defer { close(owner) }
        do {
            try HostFiles.write(Array(SandboxOwner.current.text.utf8), to: owner, place.root)
        } catch {
            throw EvaluationError(
                .sandboxUnavailable, "a local sandbox cannot be made", cause: .sandbox, underlying: error)
        }
        for path in [place.work, place.temporary, place.stage] {
            try check(mkdir(path, 0o700), path)
            if let user { try check(chown(path, user, user), path) }
        }
        return place
    }

    /// Removes a sandbox's directories, whatever a program did to their permissions.
    static func remove(_ root: String) async {
        // What is left here is the next reaper's.
        _ = try? await Processes.run(ProcessCommand("chmod", ["-R", "u+rwX", "--", root]))
        _ = try? await Processes.run(ProcessCommand("rm", ["-rf", "--", root]))
    }

    /// Where sandboxes have their directories.
    static func parent(_ environment: [String: String]) -> String {
        var parent = environment["TMPDIR"] ?? "/tmp"
        while parent.count > 1, parent.hasSuffix("/") { parent.removeLast() }
        return parent.isEmpty ? "/tmp" : parent
    }

    /// The directories of all sandboxes.
    static func all(below parent: String) -> [String] {
        entries(parent).filter { $0.hasPrefix(prefix) }.sorted().map { "\(parent)/\($0)" }
    }

    /// The directories of sandboxes whose process is gone.
    static func abandoned(below parent: String) -> [String] {
        all(below: parent).filter { root in
            HostFiles.text(root + "/owner").flatMap(SandboxOwner.init)?.isGone ?? false
        }
    }

    /// The bytes on disk below a directory, counted until they are more than a limit.
    static func bytes(below root: String, until limit: Int) -> Int {
        var total = 0
        var waiting = [root]
        while let directory = waiting.popLast(), total <= limit {
            for name in entries(directory) {
                let path = "\(directory)/\(name)"
                var status = stat()
                guard lstat(path, &status) == 0 else { continue }
                // A file costs its entry too: a million empty ones are not nothing.
                total += Int(status.st_blocks) * 512 + 256
                if status.st_mode & S_IFMT == S_IFDIR { waiting.append(path) }
            }
        }
        return total
    }

    private static func entries(_ directory: String) -> [String] {
        var stream = opendir(directory)
        if stream == nil, errno == EACCES, chmod(directory, 0o700) == 0 { stream = opendir(directory) }
        guard let stream else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
