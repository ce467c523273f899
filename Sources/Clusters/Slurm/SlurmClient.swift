public import Evaluation
import Processes

/// Asks a Slurm cluster through its own commands.
public struct SlurmClient: Sendable {
    private let deadline: Duration

    /// Makes a client; a command that takes longer than `deadline` is given up.
    public init(deadline: Duration = .seconds(60)) { self.deadline = deadline }

    /// Submits a batch script, to be begun when the jobs in `after` are over, however they ended; returns its number.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when Slurm refuses it or is not there, `gage` when it does not
    /// answer.
    public func submit(script path: String, after jobs: [Int] = []) async throws(EvaluationError) -> Int {
        var arguments = ["--parsable"]
        if !jobs.isEmpty {
            arguments.append("--dependency=afterany:" + jobs.map(String.init).joined(separator: ":"))
        }
        let output = try await run("sbatch", arguments + [path])
        guard let job = SlurmListing.submittedJob(output) else {
            throw EvaluationError(
                .unexpected, "sbatch answered \(output.debugDescription) and no job's number", cause: .gage)
        }
        return job
    }

    /// The tasks of these jobs that wait or run.
    ///
    /// Throws ``EvaluationError`` as ``submit(script:after:)`` does.
    public func waitingOrRunning(_ jobs: [Int]) async throws(EvaluationError) -> [SlurmTask] {
        // All of the user's tasks: for a job that is over and forgotten, squeue has an error and no answer.
        let output = try await run("squeue", ["--me", "--noheader", "--array", "--format=%i|%T|%r"])
        return SlurmListing.queue(output).filter { jobs.contains($0.job) && !$0.isOver }
    }

    /// How tasks of these jobs ended, as far as the cluster remembers.
    ///
    /// From the accounting database where the cluster has one, else from the controller, which forgets after some
    /// minutes. Throws ``EvaluationError`` as ``submit(script:after:)`` does.
    public func endings(of jobs: [Int]) async throws(EvaluationError) -> [SlurmTask] {
        guard !jobs.isEmpty else { return [] }
        let list = jobs.map(String.init).joined(separator: ",")
        let arguments = [
            "--parsable2", "--noheader", "--allocations", "--format=JobID,State,ExitCode", "--jobs=\(list)",
        ]
        if let accounting = try await answer("sacct", arguments) {
            return SlurmListing.accounting(accounting).filter(\.isOver)
        }
        var tasks: [SlurmTask] = []
        for job in jobs {
            guard let text = try await answer("scontrol", ["show", "job", "--oneliner", String(job)]) else { continue }
            tasks += SlurmListing.control(text).filter(\.isOver)
        }
        return tasks
    }

    /// Cancels jobs; those that are over already are left as they are.
    ///
    /// Throws ``EvaluationError`` as ``submit(script:after:)`` does.
    public func cancel(_ jobs: [Int]) async throws(EvaluationError) {
        guard !jobs.isEmpty else { return }
        _ = try await run("scancel", jobs.map(String.init))
    }

    private func run(_ program: String, _ arguments: [String]) async throws(EvaluationError) -> String {
        let result = try await perform(program, arguments)
        guard result.termination == .exited(0) else {
            throw EvaluationError(
                .configurationInvalid, "\(program) refused: \(result.standardError.text.prefix(2000))",
                cause: .configuration, advice: "the command was: \(([program] + arguments).joined(separator: " "))")
        }
        return result.standardOutput.text
    }

    /// What a command prints; nil where it cannot answer.
    private func answer(_ program: String, _ arguments: [String]) async throws(EvaluationError) -> String? {
        let result = try await perform(program, arguments)
        return result.termination == .exited(0) ? result.standardOutput.text : nil
    }

    private func perform(_ program: String, _ arguments: [String]) async throws(EvaluationError) -> ProcessResult {
        var command = ProcessCommand(program, arguments)
        command.deadline = deadline
        do {
            let result = try await Processes.run(command)
            guard !result.timedOut else {
                throw EvaluationError(.unexpected, "\(program) does not answer", cause: .gage)
            }
            return result
        } catch let error as ProcessError {
            throw EvaluationError(
                .configurationInvalid, "Slurm's commands cannot be run", cause: .configuration,
                advice: "submit from a machine that has sbatch, squeue and scancel", underlying: error)
        } catch let error as EvaluationError {
            throw error
        } catch {
            throw EvaluationError(.unexpected, "\(program) cannot be run", cause: .gage, underlying: error)
        }
    }
}
