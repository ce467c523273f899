public import Evaluation
import Glibc

/// Brings what a shard's episodes left beside its journal (artifacts, logs) into the directory of the whole run.
///
/// Files are linked where the file system allows it, and copied otherwise. What a benchmark wrote keeps its path, which the
/// journal names; logs go below `logs/<shard>`, because each shard has logs of the same names. A file that is there
/// already stays as it is.
public struct ShardFiles: Sendable {
    private let directory: RunDirectory

    /// Brings files into this directory.
    public init(into directory: RunDirectory) { self.directory = directory }

    /// What every run directory has, and what is made anew for the whole run.
    private static let ownFiles: Set<String> = [
        RunDirectory.Name.lock, RunDirectory.Name.journal, RunDirectory.Name.shards, "config.yaml", "plan.json",
        "events.jsonl", "samples.jsonl", "summary.json", "report.html", "merge.json",
    ]

    /// Brings the files of one shard.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public func bring(from shard: Shard, at path: String) throws(EvaluationError) {
        for name in try FileSystem.names(in: path).sorted() {
            let isOwn = Self.ownFiles.contains(name) || name.hasPrefix(RunDirectory.Name.journal) || name.hasPrefix(".")
            guard !isOwn else { continue }
            let place = name == "logs" ? "logs/\(shard.directoryName)" : name
            try bring("\(path)/\(name)", to: "\(directory.path)/\(place)")
        }
    }

    private func bring(_ source: String, to target: String) throws(EvaluationError) {
        var status = stat()
        guard lstat(source, &status) == 0 else { throw StorageFailure.system("read", source) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            try FileSystem.makeDirectories(target)
            for name in try FileSystem.names(in: source).sorted() {
                try bring("\(source)/\(name)", to: "\(target)/\(name)")
            }
        case S_IFREG:
            if link(source, target) == 0 || errno == EEXIST { return }
            try copy(source, to: target)
        case S_IFLNK: try copyLink(source, to: target)
        default: break
        }
    }

    private func copy(_ source: String, to target: String) throws(EvaluationError) {
        let input = try FileSystem.open(source, O_RDONLY | O_NOFOLLOW)
        defer { close(input) }
        let temporary = "\(target).\(getpid()).tmp"
        unlink(temporary)
        let output = try FileSystem.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
        do throws(EvaluationError) {
            defer { close(output) }
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            while true {
                let count = read(input, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw StorageFailure.system("read", source) }
                if count == 0 { break }
                try FileSystem.write(Array(buffer[..<count]), to: output, path: temporary)
            }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, target) == 0 else { throw StorageFailure.system("write", target) }
    }

    private func copyLink(_ source: String, to target: String) throws(EvaluationError) {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(source, &buffer, buffer.count)
        guard count >= 0 else { throw StorageFailure.system("read", source) }
        let destination = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard symlink(destination, target) == 0 || errno == EEXIST else { throw StorageFailure.system("write", target) }
    }
}
