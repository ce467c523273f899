import FoundationEssentials
import Glibc

/// Finds official result files, as the official command does.
enum Tau2ResultPaths {
    /// The result files that a path means, sorted: the file itself; a directory's `results.json`; those of the directories
    /// in a directory `simulations`; all JSON files below any other directory; what a pattern matches.
    static func expand(_ path: String) -> [String] {
        if isDirectory(path) { return filesIn(path).sorted() }
        if access(path, F_OK) == 0 { return [path] }
        return matches(of: path).flatMap { isDirectory($0) ? filesIn($0).sorted() : [$0] }
    }

    private static func filesIn(_ directory: String) -> [String] {
        let results = "\(directory)/results.json"
        if access(results, F_OK) == 0 { return [results] }
        let isCollection = directory.split(separator: "/").last == "simulations"
        return entries(of: directory).flatMap { name -> [String] in
            let path = "\(directory)/\(name)"
            if isDirectory(path) { return filesIn(path) }
            return !isCollection && name.hasSuffix(".json") ? [path] : []
        }
    }

    private static func entries(of directory: String) -> [String] {
        // A directory that cannot be listed holds nothing that could be read either; the caller says so.
        (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    }

    private static func isDirectory(_ path: String) -> Bool {
        var found: Bool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &found) && found
    }

    private static func matches(of pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv?[$0].map { String(cString: $0) } }
    }
}
