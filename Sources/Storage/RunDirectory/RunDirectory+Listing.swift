public import Evaluation

extension RunDirectory {
    /// The ids of the runs below an output directory, sorted, which for default ids is the order of their start.
    ///
    /// Empty when the directory does not exist. Throws ``EvaluationError``, cause `gage`, when it cannot be read.
    public static func runs(in outputDirectory: String) throws(EvaluationError) -> [String] {
        try FileSystem.names(in: outputDirectory).filter { hasJournal("\(outputDirectory)/\($0)") }.sorted()
    }
}
