public import Evaluation
import Glibc

extension RunDirectory {
    /// The ids of the runs below an output directory, sorted, which for default ids is the order of their start.
    ///
    /// Empty when the directory does not exist. Throws ``EvaluationError``, cause `gage`, when it cannot be read.
    public static func runs(in outputDirectory: String) throws(EvaluationError) -> [String] {
        guard let handle = opendir(outputDirectory) else {
            if errno == ENOENT { return [] }
            throw StorageFailure.system("read", outputDirectory)
        }
        defer { closedir(handle) }
        var found: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if FileSystem.exists("\(outputDirectory)/\(name)/\(Name.journal)") { found.append(name) }
        }
        return found.sorted()
    }
}
