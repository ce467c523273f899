/// Why an instance is not resolved, in the vocabulary of the field.
///
/// Source: spec sections 3.2 and 3.3.
enum FailureReason: String, Sendable, CaseIterable {
    /// There is no patch.
    case missingPatch = "missing_patch"
    /// The patch does not apply.
    case patchNotApplied = "patch_apply_failed"
    /// Expected tests did not pass.
    case testsFailed = "assertion_error"
    /// The tests did not come to an end.
    case testsNotFinished = "test_execution_error"
    /// The image is not to be had.
    case imageMissing = "image_missing"
    /// The container could not be made, started or kept.
    case containerError = "container_error"
    /// The repository could not be put to its commit.
    case checkoutFailed = "checkout_failed"
    /// The memory limit was reached.
    case outOfMemory = "oom_killed"
    /// The disk is full.
    case diskFull = "disk_full"
    /// The judge's sandbox failed otherwise.
    case sandboxError = "sandbox_judge_error"
    /// The instance lacks what its judge needs.
    case missingMetadata = "missing_metadata"
    /// The instance's scripts are not there.
    case missingScripts = "missing_run_scripts"
    /// The instance expects no test.
    case missingTargets = "missing_targets"
    /// The parser wrote nothing.
    case missingOutput = "missing_output"
    /// The parser wrote no report.
    case invalidOutput = "invalid_output"

    /// Whose fault it is.
    enum FailureClass: String, Sendable {
        /// The agent's.
        case model
        /// The machine's, the registry's, the engine's: tried again, never a zero.
        case infrastructure = "infra"
        /// The benchmark's own.
        case benchmark
    }

    /// Whose fault it is.
    var failureClass: FailureClass {
        switch self {
        case .missingPatch, .patchNotApplied, .testsFailed, .testsNotFinished: .model
        case .imageMissing, .containerError, .checkoutFailed, .outOfMemory, .diskFull, .sandboxError: .infrastructure
        case .missingMetadata, .missingScripts, .missingTargets, .missingOutput, .invalidOutput: .benchmark
        }
    }
}
