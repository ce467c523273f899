import Engine
import Evaluation
import GageConfiguration
import JSON
import Models
import Reports
import Storage
import Tau

/// What running τ-bench from the command line and over HTTP have in common.
struct TauBenchRunner {
    let components: Components
    /// Where run directories are made.
    let outputDirectory: String
    /// Where the MT-benchmark's output is made.
    let dataDirectory: String

    /// How a job is run.
    func options(for job: TauBenchJob, runID: String) -> RunOptions {
        var options = RunOptions()
        options.outputDirectory = outputDirectory
        options.runID = runID
        options.resumes = job.resumes
        options.retriesErrored = job.resumes
        options.allowsChangedConfiguration = job.isExtended
        options.onlySamples = job.only.map { Set($0.map(job.facts.sampleID(ofTask:))) }
        options.configurationText = job.loaded.document.yaml(showingOrigins: false)
        options.gageVersion = Gage.version
        return options
    }

    /// Runs a job without a word and leaves everything on disk.
    func run(_ job: TauBenchJob, _ options: RunOptions, control: RunControl) async throws -> RunResult {
        let plan = job.loaded.plan
        let executor = RunExecutor(plan: plan, options: options, components: components, control: control)
        let operations = RunOperations(
            control: control, models: executor.ownModels, environment: plan.environment)
        let result = try await operations.during { try await executor.run() }
        _ = try await RunReport(plan: plan, directory: try RunDirectory.open(result.directory)).write()
        _ = try writeOutput(ofRun: result.directory)
        return result
    }

    /// Writes the MT-benchmark's output of a run as far as it has come.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when there is no such run or it is not one of τ-bench.
    func writeOutput(ofRun path: String) throws -> MTBenchmarkOutput.Result {
        let directory = try RunDirectory.open(path)
        let journal = try Journal.open(directory.journalPath)
        let run = try journal.run()
        guard let facts = TauBenchFacts(run.configuration) else {
            throw EvaluationError(
                .configurationInvalid, "the run '\(directory.runID)' is not one of τ-bench", cause: .configuration)
        }
        let output = MTBenchmarkOutput(
            runID: run.runID, startedAt: run.startedAt, model: facts.model, dataDirectory: dataDirectory)
        return try output.write { body in try journal.forEachEpisode { try body($0.record) } }
    }
}
