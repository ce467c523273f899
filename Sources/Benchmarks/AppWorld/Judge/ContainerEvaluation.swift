import Evaluation
import JSON

/// An evaluation by AppWorld's own program, in the container in which the agent worked.
///
/// A new process reads what was saved; the servers' own evaluation remembers what it saw first.
struct ContainerEvaluation: Sendable {
    let sandbox: any CommandSandbox
    let task: AppWorldTask
    let parameters: EvaluateParameters
    let paths: OutputPaths

    /// Evaluates the task; throws ``EvaluationError`` when there is no result.
    func run() async throws -> EvaluationReport {
        var command = SandboxCommand(
            [
                parameters.program, "evaluate", paths.experiment, "--task-id", task.id, "--root", parameters.root,
            ] + (parameters.outputFormat.map { ["--output-format", $0] } ?? []))
        command.timeout = .bounded(seconds: parameters.timeout)
        command.outputLimit = SandboxOutputLimit(head: 4 << 20, tail: 1 << 20)
        let result = try await sandbox.run(command)
        guard result.succeeded else { throw failure(of: result) }
        if !result.standardOutput.isTruncated,
            let report = EvaluationReport(printed: result.standardOutput.text, task: task.id)
        {
            return report
        }
        return try await fromFile()
    }

    private func failure(of result: SandboxCommandResult) -> EvaluationError {
        if result.timedOut {
            return EvaluationFailure.evaluateFailed.error(
                "the evaluation of '\(task.id)' took longer than \(parameters.timeout) s", retry: .worthwhile,
                advice: "raise 'eval_timeout_s'")
        }
        // A traceback can show what the right answer is.
        let printed = result.standardError.text + result.standardOutput.text
        let detail = task.isTest && parameters.redactsDetails ? "" : ": \(printed.suffix(500))"
        return EvaluationFailure.evaluateFailed.error(
            "the evaluation of '\(task.id)' ended with exit status \(result.exitCode)\(detail)",
            // Above 128 it was killed, as with its container: started again with what was saved, it may fare better.
            retry: result.ranOutOfMemory || result.exitCode > 128 ? .worthwhile : .never)
    }

    private func fromFile() async throws -> EvaluationReport {
        let path = paths.result
        do {
            let bytes = try await sandbox.readFile(path)
            if let report = EvaluationReport(try JSONValue.parse(bytes: bytes), task: task.id) { return report }
        } catch let error as SandboxFileError {
            throw EvaluationFailure.missingOutput.error(
                "the evaluation of '\(task.id)' left no result: \(error.description)",
                advice: "check 'result_path_template' against the image")
        } catch is JSONParsingError {
            // Said below; the parser's message would quote the file.
        }
        throw EvaluationFailure.missingOutput.error("\(path) does not say whether '\(task.id)' is done")
    }
}
