import ArgumentParser
import Engine
import Evaluation
import FoundationEssentials
import GageConfiguration
import Glibc
import JSON
import SWEBenchPro
import Sandboxes
import Storage

/// `gage swebench`: what SWE-bench needs besides running.
struct SWEBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swebench", abstract: "See which images SWE-bench needs, and exchange patches with other tools.",
        subcommands: [SWEBenchPlanCommand.self, SWEBenchPredictionsCommand.self])
}

/// `gage swebench plan`: images, bytes, disk.
struct SWEBenchPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show which images a configuration's instances need and which are here.",
        discussion: "Example: gage swebench plan --config config/swebench_pro/demo.yaml")

    @OptionGroup var source: ConfigurationOptions

    @Flag(help: "Pull the images that are not here.")
    var pull = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let plan = try source.load(Components(), quiet: true).plan
        var demand = ImageDemand()
        for task in plan.tasks { try await plan.forEachSample(of: task) { demand.add($0) } }
        guard demand.instances > 0 else {
            throw EvaluationError(
                .configurationInvalid, "the configuration has no instance of SWE-bench", cause: .configuration,
                advice: "use 'preprocess: swebench_pro_standardizer'")
        }
        let engine = try await ContainerEngine(environment: plan.environment)
        var survey = try await engine.survey(demand.images)
        if pull {
            for image in survey.missing {
                Output.note("pulling \(image)")
                try await engine.pull(image)
            }
            survey = try await engine.survey(demand.images)
        }
        if let incompleteness = demand.incompleteness { Output.note("this is \(incompleteness)") }
        show(survey, instances: demand.instances)
        if !survey.missing.isEmpty { throw ExitStatus.configuration.exitCode }
    }

    private func show(_ survey: ImageSurvey, instances: Int) {
        if json {
            Output.result(survey.json(instances: instances).text(.pretty))
            return
        }
        for image in survey.missing { Output.result("missing  \(image)") }
        Output.result(
            "\(instances) instances, \(survey.present.count + survey.missing.count) images: \(survey.present.count) here "
                + "(\(Self.gigabytes(survey.presentBytes)) GB, shared layers counted each time), "
                + "\(survey.missing.count) missing; free on the engine's disk: "
                + (survey.freeBytes.map { "\(Self.gigabytes($0)) GB" } ?? "unknown"))
        if !survey.missing.isEmpty {
            Output.note("run this again with --pull; an image of SWE-bench Pro takes 1 to 4 GB")
        }
    }

    private static func gigabytes(_ bytes: Int) -> String {
        let tenths = bytes / 100_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

/// Which images an engine has.
private struct ImageSurvey {
    var present: [(name: String, bytes: Int)] = []
    var missing: [String] = []
    var freeBytes: Int?

    var presentBytes: Int { present.reduce(0) { $0 + $1.bytes } }

    func json(instances: Int) -> JSONValue {
        [
            "instances": JSONValue(instances), "missing": .array(missing.map { .string($0) }),
            "present": .array(present.map { ["image": .string($0.name), "bytes": JSONValue($0.bytes)] }),
            "free_bytes": freeBytes.map { JSONValue($0) } ?? .null,
        ]
    }
}

/// The engine as this command uses it.
private struct ContainerEngine {
    private let client: DockerClient
    private let credentials: RegistryCredentials

    init(environment: [String: String]) async throws {
        do {
            client = try await DockerClient.connect(environment: environment)
            credentials = try RegistryCredentials.fromEnvironment(environment)
        } catch let error as DockerError {
            throw Self.evaluationError(error)
        }
    }

    func survey(_ images: [String]) async throws -> ImageSurvey {
        var survey = ImageSurvey()
        do {
            for name in images {
                if let image = try await client.image(name) {
                    survey.present.append((name, image.size))
                } else {
                    survey.missing.append(name)
                }
            }
            survey.freeBytes = client.host.isLocal ? Self.freeBytes(at: try await client.info().rootDirectory) : nil
        } catch let error as DockerError {
            throw Self.evaluationError(error)
        }
        return survey
    }

    func pull(_ image: String) async throws {
        do {
            try await client.pullImage(image, credentials: credentials)
        } catch let error as DockerError {
            throw Self.evaluationError(error)
        }
    }

    private static func freeBytes(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    private static func evaluationError(_ error: DockerError) -> EvaluationError {
        EvaluationError(.sandboxUnavailable, error.message, cause: .sandbox)
    }
}

/// `gage swebench predictions`: a run's patches for other evaluators.
struct SWEBenchPredictionsCommand: ParsableCommand {
    /// The shapes that other tools read.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// One object a line, as SWE-bench's tools read it.
        case lines
        /// A list, as the official evaluator of SWE-bench Pro reads it.
        case list
    }

    static let configuration = CommandConfiguration(
        commandName: "predictions", abstract: "Write a run's patches for other evaluators.",
        discussion: "Example: gage swebench predictions runs/demo --format list --output patches.json")

    @OptionGroup var target: RunArgument

    @Option(help: "lines (SWE-bench) or list (the official evaluator of SWE-bench Pro).")
    var format = Format.lines

    @Option(name: .shortAndLong, help: "Where to write; standard output by default.")
    var output: String?

    func run() throws {
        let (directory, id) = target.place
        let run = try RunDirectory.open(try RunDirectory.location(in: directory, runID: id))
        let journal = try Journal.open(run.journalPath)
        var predictions = RunPredictions(model: id)
        try journal.forEachEpisode { predictions.add($0.record) }
        guard predictions.count > 0 else {
            throw EvaluationError(
                .dataMissing, "run '\(id)' has no instance of SWE-bench", cause: .configuration)
        }
        let bytes = format == .lines ? predictions.lines : predictions.list
        guard let output else {
            Output.write(String(decoding: bytes, as: UTF8.self), to: STDOUT_FILENO)
            return
        }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw EvaluationError(
                .storageFailed, "'\(output)' cannot be written", cause: .configuration, underlying: error)
        }
        Output.note("\(predictions.count) patches in \(output)")
    }
}
