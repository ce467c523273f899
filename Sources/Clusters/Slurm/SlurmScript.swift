public import Evaluation
import Processes

/// The batch script of a job, as `sbatch` takes it.
///
/// No value is ever read by the shell as anything but itself: words are quoted, and the number of the array's task is the
/// one variable that is expanded.
public struct SlurmScript: Sendable, Hashable {
    /// The script.
    public let text: String

    /// Renders a job.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for values that no `#SBATCH` line can hold.
    public init(_ job: BatchJob) throws(EvaluationError) {
        var lines = ["#!/bin/sh"]
        for option in job.options {
            guard option.hasPrefix("-"), !option.utf8.contains(UInt8(ascii: "\n")) else {
                throw EvaluationError(
                    .configurationInvalid, "'\(option)' is no option of sbatch", cause: .configuration,
                    advice: "write it as --partition=gpu")
            }
            lines.append("#SBATCH \(option)")
        }
        lines.append("#SBATCH --job-name=\(try Self.value(job.name))")
        if !job.shards.isEmpty { lines.append("#SBATCH --array=\(Self.ranges(job.shards))") }
        lines.append("#SBATCH --chdir=\(try Self.value(job.directory))")
        let log = job.shards.isEmpty ? "\(job.name)-%j.log" : "shard-%a.log"
        lines.append("#SBATCH --output=\(try Self.value(job.logDirectory, isPattern: true, suffix: "/\(log)"))")
        // A task that is put back into the queue goes on where it stopped, and so does its log.
        lines.append("#SBATCH --open-mode=append")
        lines.append("#SBATCH --requeue")
        // Time to come to a clean stop before the job's time limit kills it.
        lines.append("#SBATCH --signal=B:TERM@60")
        lines.append("exec \(job.command.map(Self.word).joined(separator: " "))")
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func word(_ word: BatchJob.Word) -> String {
        switch word {
        case .text(let text): ShellQuoting.quoted(text)
        case .shard(let count): "\"$SLURM_ARRAY_TASK_ID/\(count)\""
        }
    }

    /// A value of an `#SBATCH` line, which has a syntax of its own.
    private static func value(
        _ text: String, isPattern: Bool = false, suffix: String = ""
    ) throws(EvaluationError) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard isPlain else {
            throw EvaluationError(
                .configurationInvalid, "\(text.debugDescription) cannot be written into a batch script",
                cause: .configuration, advice: "use a directory without quotes, backslashes and control characters")
        }
        let text = isPattern ? text.replacing("%", with: "%%") : text
        return "\"\(text)\(suffix)\""
    }

    /// Numbers as sbatch wants them: `1-4,7`.
    static func ranges(_ numbers: [Int]) -> String {
        var parts: [(first: Int, last: Int)] = []
        for number in Set(numbers).sorted() {
            if let last = parts.last, last.last == number - 1 {
                parts[parts.count - 1].last = number
            } else {
                parts.append((number, number))
            }
        }
        return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
    }
}
