import JSON
import Synchronization

/// What participants of one dialogue leave for its log besides their messages.
final class PauseDialogueNotes: Sendable {
    /// Protects the validator's findings, which the user adds and the world reads at the end.
    private let findings = Mutex<[JSONValue]>([])

    /// Keeps a finding of the user's validator.
    func addValidation(_ finding: JSONValue) { findings.withLock { $0.append(finding) } }

    /// The findings in the order in which they were made.
    var validations: [JSONValue] { findings.withLock { $0 } }
}
