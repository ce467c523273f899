import Evaluation

/// A path below a directory, made of names that come from data sets and models and may not lead elsewhere.
enum RelativePath {
    /// The path's names, or an error when it is absolute, leads upwards, or has a name that no file can have.
    static func names(of path: String) throws(EvaluationError) -> [String] {
        let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !path.isEmpty, path.utf8.count <= 2048 else {
            throw StorageFailure.plain("a path of the run directory has 1 to 2048 bytes")
        }
        for name in names {
            guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 255, !name.utf8.contains(0) else {
                throw StorageFailure.plain("'\(path)' is no path below the run directory")
            }
        }
        return names
    }
}
