import Evaluation
import JSON

/// Takes what an agent changed in a repository, as git sees it and byte for byte.
///
/// Against the base commit, so that work which the agent committed counts, and new files too. Never taken from what a
/// model says. Nothing that the agent configured has a say: a git directory of its own, made for this once, borrows only the
/// repository's objects, so that filters, hooks, monitors and other programs of the agent's do not run.
struct PatchCapture: Sendable {
    /// What was taken.
    struct Capture: Sendable {
        /// The patch; empty where there is none.
        var patch: PatchBytes
        /// What is wrong with it, where the agent left no repository that a patch could be taken from.
        var problem: String?
    }

    /// Where the repository is.
    var root: String
    /// The commit that changes are taken against.
    var base: String
    /// The most bytes that a patch may have; binary files are left out of one that has more.
    var largest = 64 << 20

    private static let unreadable: Int32 = 3

    /// The patch.
    ///
    /// Throws ``EvaluationError``, cause `sandbox`.
    func take(from sandbox: any CommandSandbox, timeout: Duration = .seconds(300)) async throws -> Capture {
        var command = SandboxCommand(["bash", "-c", script, "capture", base, String(largest)])
        command.workingDirectory = root
        command.timeout = timeout
        let result: SandboxCommandResult
        do {
            result = try await sandbox.run(command)
        } catch let error as SandboxFileError {
            throw Self.failure("\(error)")
        }
        if result.exitCode == Self.unreadable, !result.timedOut {
            return Capture(patch: PatchBytes([]), problem: "the base commit is gone from the agent's repository")
        }
        guard result.succeeded else {
            let reason = result.timedOut ? "its time was up" : "exit status \(result.exitCode)"
            throw Self.failure("\(reason): \(result.standardError.text.suffix(500))")
        }
        let folder = String(decoding: result.standardOutput.bytes, as: UTF8.self).trimmingSpaces()
        do {
            let bytes = try await sandbox.readFile("\(folder)/patch.diff", maximumBytes: largest)
            _ = try await sandbox.run(SandboxCommand(["rm", "-rf", folder]))
            return Capture(patch: PatchBytes(bytes))
        } catch let error as SandboxFileError where error.reason == .tooLarge {
            return Capture(patch: PatchBytes([]), problem: "the patch has more than \(largest) bytes")
        } catch let error as SandboxFileError {
            throw Self.failure(error.description)
        }
    }

    private static func failure(_ reason: String) -> EvaluationError {
        EvaluationError(
            .sandboxDied, "taking the patch failed in the sandbox: \(reason)", cause: .sandbox, retry: .worthwhile)
    }

    /// Shell lines that write `patch.diff` into a new folder and print the folder.
    ///
    /// Submodules are left alone, for no patch can hold what is in them. What cannot be added, such as a repository without a
    /// commit in a folder, does not keep the rest from being taken.
    private var script: String {
        """
        set -e
        base=$1; largest=$2; root=$PWD
        mkdir -p /tmp
        scratch=$(mktemp -d /tmp/gage-XXXXXX)
        export HOME=$scratch XDG_CONFIG_HOME=$scratch GIT_CONFIG_NOSYSTEM=1 GIT_ATTR_NOSYSTEM=1
        printf '[safe]\\n\\tdirectory = *\\n' > "$scratch/.gitconfig"
        objects=$root/.git/objects; exclude=$root/.git/info/exclude
        if [ ! -d "$objects" ]; then
          objects=$(git rev-parse --git-path objects) || exit \(Self.unreadable)
          exclude=$(git rev-parse --git-path info/exclude)
          case $objects in /*) ;; *) objects=$root/$objects ;; esac
          case $exclude in /*) ;; *) exclude=$root/$exclude ;; esac
        fi
        export GIT_DIR=$scratch/git
        git init -q --bare --template= "$GIT_DIR"
        mkdir -p "$GIT_DIR/info" "$GIT_DIR/objects/info"
        if [ -f "$exclude" ]; then cp "$exclude" "$GIT_DIR/info/exclude"; fi
        printf '%s\\n' "$objects" > "$GIT_DIR/objects/info/alternates"
        git config core.bare false
        export GIT_WORK_TREE=$root
        git read-tree "$base^{tree}" || exit \(Self.unreadable)
        paths=(.)
        while IFS= read -r -d '' entry; do
          case $entry in 160000*) paths+=(":(exclude,literal)${entry#*$'\\t'}") ;; esac
        done < <(git ls-tree -r -z "$base^{tree}")
        options=(-c core.fileMode=true -c core.safecrlf=false -c core.quotepath=off)
        git "${options[@]}" -c advice.addEmbeddedRepo=false add -A --ignore-errors -- "${paths[@]}" >&2 || true
        taking() {
          git "${options[@]}" diff --cached "$@" --no-color --no-ext-diff --no-textconv "$base^{tree}" -- "${paths[@]}" \\
            > "$scratch/patch.diff"
        }
        taking --binary
        if [ "$(wc -c < "$scratch/patch.diff")" -gt "$largest" ]; then taking; fi
        rm -rf "$GIT_DIR"
        printf '%s\\n' "$scratch"
        """
    }
}

extension PatchCapture.Capture {
    /// The patch as a prediction holds it, with what is wrong with it.
    var artifacts: JSONObject {
        var artifacts = patch.artifacts
        if let problem { artifacts["patch_problem"] = .string(problem) }
        return artifacts
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
