import Evaluation

extension SandboxLeases {
    /// The episode's sandbox as one in which programs run.
    ///
    /// Throws ``EvaluationError``, cause `configuration`.
    func commandSandbox(for user: String) async throws -> any CommandSandbox {
        if let sandbox = try await sandbox() as? any CommandSandbox { return sandbox }
        throw EvaluationError(
            .configurationInvalid, "\(user) needs a sandbox in which programs can be run", cause: .configuration,
            advice: "let the adapter's 'sandbox' name a profile with 'runtime: docker'")
    }
}

extension CommandSandbox {
    /// Runs a shell's text in the repository, and throws when it fails: for what gage itself does, not for agents.
    func perform(
        _ text: String, in directory: String, timeout: Duration, what: String
    ) async throws -> SandboxCommandResult {
        var command = SandboxCommand(["bash", "-c", text])
        command.workingDirectory = directory
        command.timeout = timeout
        let result = try await run(command)
        guard result.succeeded else {
            let reason = result.timedOut ? "its time was up" : "exit status \(result.exitCode)"
            throw EvaluationError(
                .sandboxDied, "\(what) failed in the sandbox: \(reason): \(result.standardError.text.suffix(500))",
                cause: .sandbox, retry: .worthwhile)
        }
        return result
    }
}
