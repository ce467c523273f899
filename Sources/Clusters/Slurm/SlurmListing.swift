/// Reads what Slurm's commands print.
///
/// Lines that say nothing of a task (steps of a job, headings of other versions) are left out.
public enum SlurmListing {
    /// The number in what `sbatch --parsable` prints, `123` or `123;cluster`; nil for anything else.
    public static func submittedJob(_ text: String) -> Int? {
        guard let line = text.split(whereSeparator: \.isNewline).last else { return nil }
        return Int(line.prefix { $0 != ";" })
    }

    /// The tasks in what `squeue --noheader --array --format=%i|%T|%r` prints.
    public static func queue(_ text: String) -> [SlurmTask] { rows(text).flatMap(tasks) }

    /// The tasks in what `sacct --parsable2 --noheader --allocations --format=JobID,State,ExitCode` prints.
    public static func accounting(_ text: String) -> [SlurmTask] { rows(text).flatMap(tasks) }

    /// The tasks in what `scontrol show job --oneliner` prints.
    public static func control(_ text: String) -> [SlurmTask] {
        text.split(whereSeparator: \.isNewline).flatMap { line -> [SlurmTask] in
            var values: [Substring: Substring] = [:]
            for word in line.split(separator: " ") {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, values[parts[0]] == nil { values[parts[0]] = parts[1] }
            }
            guard let state = values["JobState"],
                let job = (values["ArrayJobId"] ?? values["JobId"]).flatMap({ Int($0) })
            else { return [] }
            let detail = values["ExitCode"].map { "exit code \($0)" } ?? ""
            guard let index = values["ArrayTaskId"] else {
                return [SlurmTask(job: job, index: nil, state: String(state), detail: detail)]
            }
            return numbers(index).map { SlurmTask(job: job, index: $0, state: String(state), detail: detail) }
        }
    }

    private static func rows(_ text: String) -> [[Substring]] {
        text.split(whereSeparator: \.isNewline).map { $0.split(separator: "|", omittingEmptySubsequences: false) }
    }

    private static func tasks(_ row: [Substring]) -> [SlurmTask] {
        guard row.count >= 2, let state = row[1].split(separator: " ").first else { return [] }
        let detail = row.count > 2 && row[2] != "None" ? String(row[2]) : ""
        let name = row[0].split(separator: "_", maxSplits: 1)
        guard let job = name.first.flatMap({ Int($0) }) else { return [] }
        guard name.count == 2 else { return [SlurmTask(job: job, index: nil, state: String(state), detail: detail)] }
        return numbers(name[1]).map { SlurmTask(job: job, index: $0, state: String(state), detail: detail) }
    }

    /// The largest array that a listing may claim to be of.
    private static let indexLimit = 4_000_000

    /// The task numbers in `3`, `[1-4,7]` or `1-4%2`.
    private static func numbers(_ text: Substring) -> [Int] {
        let plain = text.filter { $0 != "[" && $0 != "]" }.prefix { $0 != "%" }
        return plain.split(separator: ",").flatMap { part -> [Int] in
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last, last < indexLimit else { return [] }
            return Array(first...last)
        }
    }
}
