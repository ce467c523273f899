import ArgumentParser
import Clusters
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Storage

/// `gage submit`: runs shards on a cluster.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Run a configuration as shards on a Slurm cluster, and merge them.",
        discussion: """
            The directory that is submitted from, the configuration, its data and --output-dir must be on a file system \
            that all nodes share, and gage itself too. A shard that is killed is put back with `gage submit requeue`.
            Example: gage submit --engine slurm --shards 8 --config config/tau2/retail_base.yaml --run-id retail-1 \
            --sbatch-option=--partition=gpu --sbatch-option=--gres=gpu:1
            """,
        subcommands: [
            SubmitStartCommand.self, SubmitStatusCommand.self, SubmitRequeueCommand.self, SubmitCancelCommand.self,
        ],
        defaultSubcommand: SubmitStartCommand.self)
}

/// `gage submit start`, the default.
struct SubmitStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Submit an array of shards and the job that merges them (the default).")

    /// What runs the shards.
    enum Engine: String, ExpressibleByArgument, CaseIterable {
        case slurm
        case kubernetes
    }

    @OptionGroup var source: ConfigurationOptions

    @Option(
        help: "What runs the shards: slurm; or kubernetes, for which manifests are written and nothing is submitted.")
    var engine = Engine.slurm

    @Option(help: "How many shards.")
    var shards: Int

    @Option(name: .customLong("run-id"), help: "The run's name.")
    var runID: String

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Option(help: ArgumentHelp("An option for sbatch, for the shards; may be repeated.", valueName: "--name=value"))
    var sbatchOption: [String] = []

    @Option(help: "For kubernetes: the image that has gage in it.")
    var image: String?

    @Option(help: "For kubernetes: the claim of the volume that is mounted at the current directory.")
    var volumeClaim: String?

    @Option(help: "For kubernetes: the secret whose keys become environment variables.")
    var environmentSecret: String?

    @Flag(help: "Write the scripts and submit nothing.")
    var dryRun = false

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp(
            "Options for the shards' gage run, after --, as in -- --max-samples 20.", valueName: "option"))
    var runOptions: [String] = []

    func validate() throws {
        guard shards >= 1, shards <= Shard.largestCount else {
            throw ValidationError("--shards wants a number from 1 to \(Shard.largestCount)")
        }
        guard engine == .slurm || (image != nil && volumeClaim != nil) else {
            throw ValidationError("--engine kubernetes wants --image and --volume-claim")
        }
    }

    func run() async throws {
        // What is wrong with the configuration is better said now than in the logs of every shard.
        _ = try source.load(Components(), quiet: true)
        let place = try SubmissionPlace(outputDirectory: outputDir, runID: runID)
        try place.checkThatNothingIsThere()
        let submission = submission(in: place)
        switch engine {
        case .slurm:
            let slurm = SlurmSubmitter(place: place)
            try await slurm.submit(Array(1...shards), of: submission, isDryRun: dryRun)
        case .kubernetes: try writeManifests(of: submission, in: place)
        }
    }

    private func submission(in place: SubmissionPlace) -> Submission {
        let gage = ProcessEnvironment.executablePath()
        var shard = [gage, "run", "--config", place.absolute(source.config)]
        for override in source.overrides { shard += ["--set", override] }
        shard += ["--run-id", runID, "--output-dir", place.outputDirectory, "--quiet"] + runOptions
        return Submission(
            runID: runID, shardCount: shards, shardCommand: shard,
            mergeCommand: [gage, "merge", "--run-id", runID, "--output-dir", place.outputDirectory],
            directory: place.currentDirectory, options: sbatchOption)
    }

    private func writeManifests(of submission: Submission, in place: SubmissionPlace) throws {
        var submission = submission
        // Another machine's image has it where its own PATH says.
        submission.shardCommand[0] = "gage"
        submission.mergeCommand[0] = "gage"
        let manifest = KubernetesManifest(
            submission,
            settings: .init(
                image: image ?? "", volumeClaim: volumeClaim ?? "", mountPath: place.currentDirectory,
                environmentSecret: environmentSecret))
        let (shards, merge) = ("\(place.path)/kubernetes/shards.json", "\(place.path)/kubernetes/merge.json")
        try RunDirectory.writeReport(manifest.shards.bytes(.pretty), to: shards)
        try RunDirectory.writeReport(manifest.merge.bytes(.pretty), to: merge)
        Output.result("kubectl apply -f \(shards)")
        Output.result("kubectl wait --for=condition=complete --timeout=-1s job/\(manifest.name)-shards")
        Output.result("kubectl apply -f \(merge)")
    }
}

/// `gage submit status`: how the shards stand.
struct SubmitStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how each shard stands in the queue and in its journal.")

    @OptionGroup var target: SubmissionOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let status = try await SlurmSubmitter(place: try target.place()).status()
        if json {
            Output.result(status.json.text())
        } else {
            for line in status.lines { Output.result(line) }
        }
    }
}

/// `gage submit requeue`: puts lost shards back.
struct SubmitRequeueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue",
        abstract: "Submit the shards again that are neither complete nor in the queue; they go on where they stopped.")

    @OptionGroup var target: SubmissionOptions

    func run() async throws {
        let slurm = SlurmSubmitter(place: try target.place())
        let status = try await slurm.status()
        let lost = status.shards.filter(\.isLost).map(\.number)
        guard !lost.isEmpty else { return Output.note("no shard is lost") }
        try await slurm.cancelWaitingMerges(of: status.submission)
        try await slurm.submit(lost, of: status.submission, after: status.liveArrays)
    }
}

/// `gage submit cancel`: takes a run off the cluster.
struct SubmitCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel a run's jobs; what is in its journals stays.")

    @OptionGroup var target: SubmissionOptions

    func run() async throws {
        let place = try target.place()
        let submission = try place.read()
        try await SlurmClient().cancel(submission.jobs)
        Output.note("cancelled jobs \(submission.jobs.map(String.init).joined(separator: ", "))")
    }
}

/// Which run.
struct SubmissionOptions: ParsableArguments {
    @Option(name: .customLong("run-id"), help: "The run's name.")
    var runID: String

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    func place() throws -> SubmissionPlace { try SubmissionPlace(outputDirectory: outputDir, runID: runID) }
}
