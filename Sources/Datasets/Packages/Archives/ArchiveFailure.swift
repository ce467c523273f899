import Evaluation

/// Makes the errors of archives.
enum ArchiveFailure {
    static func malformed(_ file: LocalFile, _ what: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "\(file.name): \(what)", cause: .configuration, advice: "fetch or pack the archive again")
    }

    static func hostile(_ file: LocalFile, _ path: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "\(file.name) has an entry that leads out of it: '\(path.prefix(200))'",
            cause: .configuration, advice: "do not use this archive; nothing of it was installed")
    }

    static func tooLarge(_ file: LocalFile, _ what: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "\(file.name) is too large: \(what)", cause: .configuration,
            advice: "unpack it yourself and give the directory")
    }
}
