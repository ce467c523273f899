import Evaluation
import JSON

/// The digest of the directories in a directory: the SHA-256 of the lines `sha256  path` of their files, sorted by path.
///
/// Files beside the directories do not count: they are lists of the user's own. The same comes from
/// `cd DIR && find . -mindepth 2 -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum`.
enum TreeDigest {
    static func digest(of directory: String) throws(EvaluationError) -> String {
        var hasher = SHA256Hasher()
        let nested = files(in: directory).filter { $0.contains("/") }
        for path in nested.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            hasher.update("\(try DatasetFiles.digest("\(directory)/\(path)").sha256)  \(path)\n")
        }
        return hasher.finalize()
    }

    /// The plain files below a directory; links are neither followed nor counted.
    static func files(in directory: String) -> [String] {
        DatasetFiles.names(in: directory).flatMap { name -> [String] in
            let path = "\(directory)/\(name)"
            if DatasetFiles.isPlainFile(path) { return [name] }
            guard DatasetFiles.isPlainDirectory(path) else { return [] }
            return files(in: path).map { "\(name)/\($0)" }
        }
    }
}
