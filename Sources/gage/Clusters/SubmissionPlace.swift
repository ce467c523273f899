import Clusters
import Evaluation
import Glibc
import JSON
import Storage

/// The directory of a run that a cluster works on, by its absolute path.
struct SubmissionPlace {
    let runID: String
    let currentDirectory: String
    let outputDirectory: String
    /// The run's directory.
    let path: String

    init(outputDirectory: String, runID: String) throws {
        self.runID = runID
        currentDirectory = ProcessEnvironment.currentDirectory()
        let output = outputDirectory.hasPrefix("/") ? outputDirectory : "\(currentDirectory)/\(outputDirectory)"
        self.outputDirectory = output
        path = try RunDirectory.location(in: output, runID: runID)
    }

    var submissionPath: String { "\(path)/submission.json" }
    var logDirectory: String { "\(path)/logs/slurm" }

    /// A path that means the same from every directory.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(currentDirectory)/\(path)" }

    func checkThatNothingIsThere() throws {
        if RunDirectory.isReadable(submissionPath) {
            throw EvaluationError(
                .configurationInvalid, "the run '\(runID)' has been submitted already", cause: .configuration,
                advice: "look at it with gage submit status, put lost shards back with gage submit requeue")
        }
        guard !RunDirectory.hasJournal(path) else {
            throw EvaluationError(
                .configurationInvalid, "the run '\(runID)' exists already in \(outputDirectory)", cause: .configuration,
                advice: "go on with it by gage run, or give this run another --run-id")
        }
    }

    func read() throws -> Submission {
        guard RunDirectory.isReadable(submissionPath) else {
            if RunDirectory.isReadable("\(path)/kubernetes/shards.json") {
                throw EvaluationError(
                    .configurationInvalid, "the shards of the run '\(runID)' are for Kubernetes to run",
                    cause: .configuration,
                    advice: "ask there: kubectl get -f \(path)/kubernetes/shards.json; "
                        + "after kubectl delete and apply of that file, its shards go on where they stopped")
            }
            throw EvaluationError(
                .configurationInvalid, "nothing has been submitted for the run '\(runID)' in \(outputDirectory)",
                cause: .configuration, advice: "name the --output-dir that it was submitted with")
        }
        let bytes = try RunDirectory.readReport(submissionPath)
        guard let json = try? JSONValue.parse(String(decoding: bytes, as: UTF8.self)) else {
            throw EvaluationError(
                .configurationInvalid, "\(submissionPath) is not JSON", cause: .configuration)
        }
        return try Submission(json: json)
    }

    func write(_ submission: Submission) throws {
        try RunDirectory.writeReport(submission.json.bytes(.pretty), to: submissionPath)
    }
}

extension ProcessEnvironment {
    /// Where this program is, so that other machines that share the file system find the same one.
    static func executablePath() -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return "gage" }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
