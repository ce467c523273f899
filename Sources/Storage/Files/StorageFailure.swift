import Evaluation
import Glibc

/// Makes the errors of this room.
enum StorageFailure {
    /// What the operating system says about its last failure, as an error that names the file.
    static func system(_ action: String, _ path: String, number: Int32 = errno) -> EvaluationError {
        let text = String(cString: strerror(number))
        let advice: String? =
            switch number {
            case ENOSPC, EDQUOT: "free some disk space, then resume the run"
            case EFBIG: "raise the limit on the size of files (ulimit -f), then resume the run"
            case EACCES, EPERM, EROFS: "check the permissions, or choose another output directory"
            default: nil
            }
        return EvaluationError(
            .storageFailed, "cannot \(action) \(path): \(text)", cause: .gage, advice: advice)
    }

    /// A failure with a text of its own.
    static func plain(_ message: String, advice: String? = nil, underlying: (any Error)? = nil) -> EvaluationError {
        EvaluationError(.storageFailed, message, cause: .gage, advice: advice, underlying: underlying)
    }

    /// Something that the user asked for and that cannot be done.
    static func request(_ message: String, advice: String? = nil) -> EvaluationError {
        EvaluationError(.configurationInvalid, message, cause: .configuration, advice: advice)
    }
}
