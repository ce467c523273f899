import Evaluation
import FoundationEssentials
import JSON

/// Reads and writes the benchmark's files, with errors that say which file and what to do.
enum PauseFiles {
    /// The JSON of a file.
    ///
    /// Throws ``EvaluationError``: `data.missing`, cause `configuration`, or `data.malformed`, cause `task`.
    static func json(_ path: String) throws(EvaluationError) -> JSONValue {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .dataMissing, "\(path) cannot be read", cause: .configuration,
                advice: "name a file or directory that is there; 'gage pause generate-tasks' writes task files")
        }
        do {
            return try JSONValue.parse(bytes: [UInt8](data))
        } catch {
            throw EvaluationError(.dataMalformed, "\(path) is not JSON", cause: .task, underlying: error)
        }
    }

    /// The object of a file; nil when it is not there or is no JSON object.
    static func objectIfReadable(_ path: String) -> JSONObject? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        // A file that was cut off is one that is not there yet.
        return (try? JSONValue.parse(bytes: [UInt8](data)))?.objectValue
    }

    /// Whether there is a directory.
    static func isDirectory(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }

    /// Whether there is anything.
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The JSON files at a path: itself, or all below it when it is a directory, sorted; a `*` in a name stands for anything.
    static func jsonFiles(at path: String) -> [String] {
        if isDirectory(path) {
            let below = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
            let root = path.hasSuffix("/") ? String(path.dropLast()) : path
            return below.filter { $0.hasSuffix(".json") }.sorted().map { "\(root)/\($0)" }
        }
        guard name(of: path).contains("*") else { return exists(path) ? [path] : [] }
        let pattern = name(of: path)
        return jsonFiles(at: folder(of: path)).filter { matches(name(of: $0)[...], pattern[...]) }
    }

    /// The last part of a path.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The name without `.json`.
    static func stem(of path: String) -> String {
        let name = name(of: path)
        return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// A path, read against a directory unless it is absolute.
    static func absolute(_ path: String, in directory: String) -> String {
        path.hasPrefix("/") ? path : "\(directory)/\(path)"
    }

    /// Writes JSON to a file, whole or not at all, and makes its folder.
    ///
    /// Throws ``EvaluationError`` (`gage.storage`).
    static func write(_ value: JSONValue, to path: String) throws(EvaluationError) {
        try write(text: value.text(.pretty) + "\n", to: path)
    }

    /// Writes text to a file, whole or not at all, and makes its folder.
    static func write(text: String, to path: String) throws(EvaluationError) {
        do {
            try FileManager.default.createDirectory(atPath: folder(of: path), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw EvaluationError(.storageFailed, "\(path) cannot be written", cause: .gage, underlying: error)
        }
    }

    /// Whether a name is of a pattern in which `*` stands for any text.
    private static func matches(_ name: Substring, _ pattern: Substring) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return name == pattern }
        let head = pattern[..<star]
        guard name.hasPrefix(head) else { return false }
        let rest = pattern[pattern.index(after: star)...]
        var tail = name.dropFirst(head.count)
        while true {
            if matches(tail, rest) { return true }
            guard !tail.isEmpty else { return false }
            tail = tail.dropFirst()
        }
    }
}
