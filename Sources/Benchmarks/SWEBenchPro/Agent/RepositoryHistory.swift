import Evaluation

/// What an agent's copy of a repository keeps of its history.
///
/// The images hold the fix's commit, because the judge takes the hidden tests from it. An agent that can read it has the
/// answer, so nothing after the base commit may stay.
enum RepositoryHistory: String, ParameterChoice {
    /// The history up to the base commit.
    case strip
    /// The base commit alone, for repositories where copying the history takes too long.
    case single
    /// Everything, the fix included: only for repositories that have no future in them.
    case keep

    /// The commit that an agent's changes are taken against, after the repository was prepared.
    ///
    /// Throws ``EvaluationError`` when a commit that must not be there can still be read.
    func prepare(
        _ instance: Instance, in sandbox: any CommandSandbox, root: String
    ) async throws -> String {
        let result = try await sandbox.perform(
            script(base: instance.baseCommit), in: root, timeout: .seconds(900), what: "preparing the repository")
        let commit = String(decoding: result.standardOutput.bytes, as: UTF8.self).trimmingSpaces()
        guard self != .keep else { return commit }
        for fix in instance.fixCommits where try await isReadable(fix, in: sandbox, root: root) {
            throw EvaluationError(
                .dataMalformed, "the fix's commit is still readable in the agent's repository", cause: .task,
                advice: "set 'history: single'")
        }
        return commit
    }

    private func isReadable(_ commit: String, in sandbox: any CommandSandbox, root: String) async throws -> Bool {
        var command = SandboxCommand(["git", "cat-file", "-e", commit])
        command.workingDirectory = root
        command.timeout = .seconds(60)
        return try await sandbox.run(command).exitCode == 0
    }

    /// Shell lines that end with the commit's id on standard output.
    private func script(base: String) -> String {
        let begin = """
            set -e
            git config --global --add safe.directory "$PWD"
            git -c core.fileMode=true reset -q --hard \(base) >&2
            """
        switch self {
        case .keep: return begin + "\ngit rev-parse HEAD"
        case .single: return begin + replacement(base: base, depth: " --depth 1")
        case .strip: return begin + replacement(base: base, depth: "")
        }
    }

    /// Shell lines that put a copy up to the base commit in the repository's place.
    ///
    /// Submodules keep their git directories: without them git refuses to look at the work tree.
    private func replacement(base: String, depth: String) -> String {
        """

        git branch -f gage-base \(base)
        git clone -q --bare --no-local --no-tags --single-branch\(depth) --branch gage-base "file://$PWD" /tmp/gage-git
        if [ -f .git/info/exclude ]; then cp .git/info/exclude /tmp/gage-git/info/exclude; fi
        if [ -d .git/modules ]; then mv .git/modules /tmp/gage-git/modules; fi
        rm -rf .git
        mv /tmp/gage-git .git
        git config core.bare false
        git config --unset remote.origin.url || true
        git branch -q -m gage-base main
        git reset -q
        git rev-parse HEAD
        """
    }
}
