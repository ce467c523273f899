import Evaluation
import JSON

/// `appworld_evaluate`: lets AppWorld say whether the task is done, where the agent worked.
///
/// What it finds about a task of a test split is cut down before anyone gets to see it, the run's own files included.
struct EvaluateJudge: RoleAdapter {
    let parameters: EvaluateParameters

    let contract = StepContract(reads: [.sample, .prediction], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let task = try AppWorldTask(episode.sample)
        if task.isTest { episode.redaction = parameters.redactsTrace ? Redaction.trace : nil }
        let export = OutputExport(
            artifacts: scope.artifacts, parameters: parameters, task: task, episode: episode.id, run: scope.run)
        guard let session = AppWorldSession.of(episode) else {
            return try judgeAgain(&episode, export, in: scope)
        }
        var output: JSONObject = ["task_id": .string(task.id)]
        if let subset = task.subset { output["subset"] = .string(subset) }
        output["experiment_name"] = .string(session.experiment)
        do {
            try await evaluate(session, export, into: &output, in: scope)
        } catch let error as EvaluationError {
            output["status"] = "error"
            output["failure_reason"] = .string(Self.reason(of: error))
            append(output, of: task, to: &episode, in: scope)
            throw error
        }
        append(output, of: task, to: &episode, in: scope)
    }

    private func append(
        _ output: JSONObject, of task: AppWorldTask, to episode: inout Episode, in scope: EpisodeScope
    ) {
        episode.verdicts.append(
            Verdict(judge: scope.adapter.id, output: [AppWorldTask.key: .object(shown(output, of: task))]))
    }

    private func shown(_ output: JSONObject, of task: AppWorldTask) -> JSONObject {
        task.isTest && parameters.redactsDetails ? Redaction.verdict(output) : output
    }

    private func evaluate(
        _ session: AppWorldSession, _ export: OutputExport, into output: inout JSONObject, in scope: EpisodeScope
    ) async throws {
        guard session.isSaved else {
            throw EvaluationFailure.evaluateFailed.error(
                "the state of '\(session.task.id)' was not saved, so that there is nothing to evaluate",
                advice: "let 'appworld_save' be one of the agent's 'post_hooks'")
        }
        guard let sandbox = try await container(in: scope) else {
            output.merge(try await askServers(session))
            return
        }
        let paths = OutputPaths(parameters, task: session.task.id, experiment: session.experiment)
        let evaluation = ContainerEvaluation(
            sandbox: sandbox, task: session.task, parameters: parameters, paths: paths)
        output.merge(try await evaluation.run().json)
        output["output_dir"] = .string(paths.directory)
        guard parameters.exportsOutputs || parameters.exportDirectory != nil else { return }
        let directory = try export.directory()
        output["export_dir"] = .string(directory)
        do {
            let hides = session.task.isTest && (parameters.redactsDetails || parameters.redactsTrace)
            try await export.copy(paths.directory, from: sandbox, to: directory, redacting: hides)
            try export.write(shown(output, of: session.task), to: directory)
        } catch let error as SandboxFileError {
            // The verdict stands without the files.
            scope.events.report(
                RunEvent(
                    "appworld_export_failed", episode: scope.episode,
                    payload: ["error": .string(error.description)]))
        }
    }

    /// The container in which the agent worked; nil where AppWorld runs elsewhere.
    private func container(in scope: EpisodeScope) async throws -> (any CommandSandbox)? {
        guard scope.sandboxes.profile != nil else { return nil }
        return try await scope.sandboxes.sandbox() as? any CommandSandbox
    }

    /// Evaluates over HTTP, once and after saving, and closes the task, which makes it new for whoever comes next.
    private func askServers(_ session: AppWorldSession) async throws -> JSONObject {
        let task = session.task
        let found = try await session.server.evaluate(task: task.id)
        guard let report = EvaluationReport(found, task: task.id) else {
            throw EvaluationFailure.missingOutput.error(
                "AppWorld's evaluation does not say whether '\(task.id)' is done")
        }
        try await session.server.close(task: task.id)
        return report.json
    }

    /// Says again what was found when the agent's container was there.
    private func judgeAgain(_ episode: inout Episode, _ export: OutputExport, in scope: EpisodeScope) throws {
        guard let earlier = try export.earlierVerdict() else {
            throw EvaluationFailure.missingContainer.error(
                "the container in which the agent worked is not there",
                advice: "run the episode again; with 'export_outputs: true' verdicts can be read again later")
        }
        append(earlier, of: export.task, to: &episode, in: scope)
    }

    private static func reason(of error: EvaluationError) -> String {
        let prefix = "appworld."
        let code = error.code.rawValue
        let own = code.hasPrefix(prefix) ? EvaluationFailure(rawValue: String(code.dropFirst(prefix.count))) : nil
        return (own ?? (error.cause == .sandbox ? .missingContainer : .evaluateFailed)).rawValue
    }
}
