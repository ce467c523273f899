import Evaluation

/// A copy of a data set on this machine: one file, or a directory with a file for the split or with pages of rows.
struct HubLocalCopy {
    let name: String
    let path: String
    let subset: String?
    let split: String?

    private static let endings = ["jsonl", "jsonl.gz", "json", "json.gz", "csv", "csv.gz"]

    /// The files to read, in order.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where there is none.
    func files() throws(EvaluationError) -> [LocalFile] {
        guard DatasetFiles.isDirectory(path) else {
            let file = LocalFile(name, at: path)
            guard DatasetFiles.exists(path) else { throw missing("there is no file '\(name)'") }
            return [file]
        }
        let names = DatasetFiles.names(in: path).filter { name in Self.endings.contains { name.hasSuffix("." + $0) } }
        let own = stems.lazy.flatMap { stem in Self.endings.map { "\(stem).\($0)" } }.first(where: names.contains)
        if let own { return [LocalFile("\(name)/\(own)", at: "\(path)/\(own)")] }
        guard split == nil || names.count == 1 || names.allSatisfy({ $0.hasSuffix(".json") }), !names.isEmpty else {
            throw missing("'\(name)' has no file for the split '\(split ?? "train")'")
        }
        // `page-2` before `page-10`.
        let ordered = names.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        return ordered.map { LocalFile("\(name)/\($0)", at: "\(path)/\($0)") }
    }

    private var stems: [String] {
        let split = split ?? "train"
        return (subset.map { ["\($0)-\(split)", "\($0)/\(split)"] } ?? []) + [split]
    }

    private func missing(_ message: String) -> EvaluationError {
        EvaluationError(
            .dataMissing, message, cause: .configuration,
            advice: "looked at '\(path)' for \(Self.endings.joined(separator: ", "))")
    }
}
