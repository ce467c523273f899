import Evaluation

/// Looks at a repository in a sandbox and writes down what an agent should see of it, within limits.
struct RepositorySurvey: Sendable {
    let sandbox: any CommandSandbox
    let parameters: RepositoryParameters
    let words: RepositoryWords

    private static let skippedFolders: Set<String> = [
        "node_modules", "dist", "build", "vendor", "target", "coverage", "__pycache__", "site-packages", "third_party",
    ]

    /// The text; empty when everything is switched off.
    func text() async throws -> String {
        guard parameters.treeLines > 0 || parameters.topFiles > 0 || parameters.mapFiles > 0 else { return "" }
        let files = try await listedFiles()
        var parts: [String] = []
        let tree = Self.tree(of: files, depth: parameters.treeDepth, lines: parameters.treeLines)
        if !tree.isEmpty { parts.append("## Repository layout (\(parameters.root))\n\n\(tree)") }
        let chosen = ranked(files)
        for path in chosen.prefix(parameters.topFiles) {
            if let excerpt = try await excerpt(of: path) { parts.append("### \(path)\n\n```\n\(excerpt)\n```") }
        }
        if parameters.mapFiles > 0 {
            let map = try await symbols(of: Array(chosen.prefix(parameters.mapFiles)))
            if !map.isEmpty { parts.append("## Symbols\n\n\(map)") }
        }
        return Self.limited(parts, to: parameters.totalCharacters)
    }

    /// Whole parts as long as they fit: half a file helps nobody.
    private static func limited(_ parts: [String], to characters: Int) -> String {
        var kept: [String] = []
        var used = 0
        for part in parts where used + part.count + 2 <= characters {
            kept.append(part)
            used += part.count + 2
        }
        return kept.joined(separator: "\n\n")
    }

    private var timeout: Duration { .bounded(seconds: parameters.executionTimeout ?? 60) }

    /// The files that git knows.
    private func listedFiles() async throws -> [String] {
        var command = SandboxCommand(["git", "ls-files", "-z"])
        command.workingDirectory = parameters.root
        command.timeout = timeout
        command.outputLimit = SandboxOutputLimit(head: 8 << 20, tail: 0)
        let result = try await sandbox.run(command)
        guard result.succeeded else {
            throw EvaluationError(
                .dataMalformed, "\(parameters.root) is no git repository: \(result.standardError.text.suffix(200))",
                cause: .task, advice: "check 'repo_root' and the sandbox's image")
        }
        return result.standardOutput.bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Folders and files to a depth, each once, in order.
    static func tree(of files: [String], depth: Int, lines: Int) -> String {
        var seen: Set<String> = []
        var listing: [String] = []
        for file in files.sorted() {
            let parts = file.split(separator: "/")
            for level in 1...max(1, min(depth, parts.count)) where level <= parts.count {
                let isFolder = level < parts.count
                let path = parts.prefix(level).joined(separator: "/") + (isFolder ? "/" : "")
                if seen.insert(path).inserted {
                    let name = String(parts[level - 1]) + (isFolder ? "/" : "")
                    listing.append(String(repeating: "  ", count: level - 1) + name)
                }
            }
        }
        guard listing.count > lines else { return listing.joined(separator: "\n") }
        guard lines > 0 else { return "" }
        return (listing.prefix(lines) + ["… \(listing.count - lines) more"]).joined(separator: "\n")
    }

    /// The files that have to do with the issue, the most fitting first.
    private func ranked(_ files: [String]) -> [String] {
        files.filter { path in path.split(separator: "/").allSatisfy { !Self.skippedFolders.contains(String($0)) } }
            .map { (path: $0, score: words.score($0)) }
            .filter { $0.score > 0 }
            .sorted { ($1.score, $0.path) < ($0.score, $1.path) }
            .map(\.path)
    }

    /// The beginning of a text file; nil for another.
    private func excerpt(of path: String) async throws -> String? {
        let limit = parameters.fileCharacters * 4
        var command = SandboxCommand(["head", "-c", String(limit), "--", path])
        command.workingDirectory = parameters.root
        command.timeout = timeout
        command.outputLimit = SandboxOutputLimit(head: limit, tail: 0)
        let bytes = try await sandbox.run(command).standardOutput.bytes
        guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return String(lines.prefix(parameters.fileLines).joined(separator: "\n").prefix(parameters.fileCharacters))
    }

    private static let definition =
        "^[[:space:]]*(export |public |private |async |static |abstract )*"
        + "(class|def|func|function|interface|type|struct|enum|trait|impl) [A-Za-z_(]"

    /// Lines that define something, by file.
    private func symbols(of files: [String]) async throws -> String {
        guard !files.isEmpty else { return "" }
        let script = """
            limit=$1; count=$2; shift 2
            for file in "$@"; do
              head -n "$limit" -- "$file" 2>/dev/null | grep -E -m "$count" '\(Self.definition)' | sed "s|^|$file: |"
            done
            """
        var command = SandboxCommand(
            ["bash", "-c", script, "map", String(parameters.mapScanLines), String(parameters.mapSymbols)] + files)
        command.workingDirectory = parameters.root
        command.timeout = timeout
        let lines = try await sandbox.run(command).standardOutput.text.split(separator: "\n")
        return lines.prefix(parameters.mapLines).joined(separator: "\n")
    }
}
