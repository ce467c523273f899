import Evaluation
import JSON

/// Takes what an agent changed in a repository, as git sees it and byte for byte.
///
/// Against the base commit, so that work which the agent committed counts, and new files too. Never taken from what a
/// model says.
struct PatchCapture: Sendable {
    /// Where the repository is.
    var root: String
    /// The commit that changes are taken against.
    var base: String

    private static let largest = 64 << 20

    /// The patch.
    ///
    /// Throws ``EvaluationError``, cause `sandbox`.
    func take(from sandbox: any CommandSandbox, timeout: Duration = .seconds(300)) async throws -> PatchBytes {
        // An index of its own: what the agent staged stays as it is, and a broken index does no harm.
        let script = """
            set -e
            export GIT_INDEX_FILE=/tmp/gage-index
            rm -f "$GIT_INDEX_FILE"
            git read-tree \(base)
            git -c core.fileMode=false -c core.safecrlf=false add -A -- .
            git -c core.fileMode=false -c core.quotepath=off -c diff.noprefix=false -c diff.mnemonicPrefix=false \
              -c core.pager=cat diff --cached --binary --no-color --no-ext-diff --no-textconv \(base) -- . \
              > /tmp/gage-patch.diff
            rm -f "$GIT_INDEX_FILE"
            """
        _ = try await sandbox.perform(script, in: root, timeout: timeout, what: "taking the patch")
        do {
            return PatchBytes(try await sandbox.readFile("/tmp/gage-patch.diff", maximumBytes: Self.largest))
        } catch let error as SandboxFileError {
            throw EvaluationError(
                .sandboxDied, "the patch cannot be read from the sandbox", cause: .sandbox, underlying: error)
        }
    }
}

extension PatchBytes {
    /// The patch as a prediction holds it: as text, or in base 64 where it is no UTF-8.
    var artifacts: JSONObject {
        if let text = String(validating: bytes, as: UTF8.self) { return ["model_patch": .string(text)] }
        return ["model_patch_base64": .string(Base64.encode(bytes))]
    }

    /// Reads what ``artifacts`` writes; nil where a prediction holds no patch.
    init?(artifacts: JSONObject) {
        if let text = artifacts["model_patch"]?.stringValue {
            self.init(text)
        } else if let bytes = artifacts["model_patch_base64"]?.stringValue.flatMap(Base64.decode) {
            self.init(bytes)
        } else {
            return nil
        }
    }
}
