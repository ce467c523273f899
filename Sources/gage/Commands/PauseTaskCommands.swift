import ArgumentParser
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Models
import Pause
import Storage

/// The part of `gage pause` that makes tasks and shows tools.
enum PauseTaskCommands {
    static let subcommands: [any ParsableCommand.Type] = [PauseGenerateTasksCommand.self, PauseToolsCommand.self]
}

/// `gage pause generate-tasks`.
struct PauseGenerateTasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate-tasks",
        abstract: "Make users and their tasks.",
        discussion: """
            Writes <output_dir>/tasks_<profile_id>_<yyyymmdd_hhmmss>.json, one file for each user. The same --rng_seed \
            gives the same files. With --engine template, the default, no model is asked, and every task has a known \
            solution. Options are spelt with underscores or with hyphens.
            """)

    @OptionGroup var users: PauseUserOptions
    @OptionGroup var writer: PauseWriterOptions

    @Option(name: PauseOptionName.both("output_dir"), help: "The directory to write to.")
    var outputDirectory = "runs/pause/tasks"

    @Option(
        name: PauseOptionName.both("snapshot_dir"),
        help: "Also write meta.json and profile.json of each user below this directory.")
    var snapshotDirectory: String?

    @Flag(
        name: PauseOptionName.both("dump_tables"),
        help: "Also write the six wearable tables of each user as CSV, beside the snapshot or the task file.")
    var dumpsTables = false

    @Option(help: "At most so many tasks altogether.")
    var limit: Int?

    @Option(help: "The time in file names, yyyymmdd_hhmmss; now by default.")
    var time: String?

    @Flag(help: "Write files without line breaks and indentation.")
    var compact = false

    func run() async throws {
        let seed = users.seed ?? Int.random(in: 1...999_999_999)
        var settings = try users.settings(seed: seed)
        settings.limit = limit
        settings.engine = try writer.engine(Components())
        let generation = try TaskGeneration(settings)
        let time = self.time ?? Self.now()
        if users.seed == nil { Output.note("seed: \(seed)") }
        var count = 0
        try await generation.forEachUser { user in
            let path = try write(user, named: generation.fileName(of: user.number, time: time))
            count += user.result.file.tasks.count
            Output.result("\(path): \(Self.account(of: user.result))")
        }
        guard count > 0 else {
            throw EvaluationError(
                .dataMissing, "no task came of it", cause: .task,
                advice: "another seed or more users may help; with a model, look at what it answers")
        }
    }

    /// Writes what belongs to a user and returns the path of the task file.
    private func write(_ user: TaskGeneration.User, named name: String) throws -> String {
        let file = user.result.file
        let path = try save(file.json, to: "\(outputDirectory)/\(name)")
        let stem = String(name.dropLast(".json".count))
        if let snapshotDirectory {
            _ = try save(file.storeMeta.asValue, to: "\(snapshotDirectory)/\(stem)/meta.json")
            _ = try save(file.profile.asValue, to: "\(snapshotDirectory)/\(stem)/profile.json")
        }
        if dumpsTables {
            let folder = snapshotDirectory.map { "\($0)/\(stem)" } ?? "\(outputDirectory)/\(stem)_tables"
            let dump = TableDump(store: user.store)
            for table in TableDump.names {
                try RunDirectory.writeReport(Array((dump.csv(table) ?? "").utf8), to: "\(folder)/\(table).csv")
            }
        }
        return path
    }

    private func save(_ value: JSONValue, to path: String) throws -> String {
        try RunDirectory.writeReport(value.bytes(compact ? .compact : .pretty) + [0x0A], to: path)
        return path
    }

    private static func account(of result: TaskGenerator.Result) -> String {
        var parts = result.file.tasksByBranch.map { "\($0.tasks.count) \($0.branch)" }
        parts += result.skippedBranches.map { "\($0) does not apply" }
        parts += result.failedRuns.sorted { $0.key < $1.key }.map { "\($0.value) failed in \($0.key)" }
        return parts.joined(separator: ", ")
    }

    /// The local time as `yyyymmdd_hhmmss`.
    private static func now() -> String {
        var seconds = Glibc.time(nil)
        var parts = tm()
        localtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)\(two(parts.tm_mon + 1))\(two(parts.tm_mday))"
            + "_\(two(parts.tm_hour))\(two(parts.tm_min))\(two(parts.tm_sec))"
    }
}

extension JSONObject {
    fileprivate var asValue: JSONValue { .object(self) }
}

/// Long names that the original command spells with underscores.
enum PauseOptionName {
    /// The name as it is and with hyphens.
    static func both(_ name: String) -> NameSpecification {
        let hyphens = String(name.map { $0 == "_" ? "-" : $0 })
        return [.customLong(name), .customLong(hyphens)]
    }
}

/// Which users, and how many tasks each gets.
struct PauseUserOptions: ParsableArguments {
    @Option(name: PauseOptionName.both("profile_id"), help: "The middle part of file names.")
    var profileID = "developing"

    @Option(name: PauseOptionName.both("user_num"), help: "How many users.")
    var userCount = 1

    @Option(name: PauseOptionName.both("runs_per_branch"), help: "How often each branch runs for each user.")
    var runsPerBranch = 1

    @Option(help: "A branch, or all.")
    var branch = "all"

    @Option(name: PauseOptionName.both("rng_seed"), help: "The seed of everything; a random one by default.")
    var seed: Int?

    @Option(name: PauseOptionName.both("user_id"), help: "The name of the users in store_meta.")
    var userID: String?

    @Option(name: PauseOptionName.both("start_date"), help: "With --end_date: how many days each store has.")
    var startDate = "2016-04-01"

    @Option(name: PauseOptionName.both("end_date"), help: "See --start_date; both are included.")
    var endDate = "2016-04-30"

    @Option(name: PauseOptionName.both("target_year_start"), help: "The first year in which a store may lie.")
    var firstYear = 2024

    @Option(name: PauseOptionName.both("target_year_end"), help: "The last year in which a store may lie.")
    var lastYear = 2026

    func settings(seed: Int) throws -> TaskGeneration.Settings {
        var settings = TaskGeneration.Settings(seed: seed)
        guard let start = CalendarDay(startDate), let end = CalendarDay(endDate), start <= end else {
            throw ValidationError("--start_date and --end_date want two days as YYYY-MM-DD, the earlier one first")
        }
        guard firstYear <= lastYear else {
            throw ValidationError("--target_year_start \(firstYear) is later than --target_year_end \(lastYear)")
        }
        let isPlain = profileID.utf8.allSatisfy { $0 != 0x2F } && !profileID.isEmpty
        guard isPlain else { throw ValidationError("--profile_id becomes part of a file name and has no '/'") }
        settings.profileID = profileID
        settings.users = userCount
        settings.runsPerBranch = runsPerBranch
        settings.branch = branch
        settings.userID = userID
        settings.days = start.distance(to: end) + 1
        settings.targetYears = firstYear...lastYear
        return settings
    }
}

/// Who writes the tasks of the wearable and lifestyle branches.
struct PauseWriterOptions: ParsableArguments {
    /// The ways to write a task.
    enum Engine: String, ExpressibleByArgument, CaseIterable {
        case template
        case llm
    }

    @Option(help: "template: by templates, offline, with known solutions. llm: by a language model.")
    var engine = Engine.template

    @Option(name: [.short, .customLong("config")], help: "With llm: a configuration whose backend writes.")
    var config: String?

    @Option(help: "With --config: which of its backends; the first by default.")
    var backend: String?

    @Option(help: "With llm, instead of --config: a model by its LiteLLM-style name.")
    var model: String?

    @Option(name: PauseOptionName.both("api_base"), help: "With --model: the address of an OpenAI-compatible server.")
    var apiBase: String?

    /// The engine; makes the model where there is one.
    func engine(_ components: Components) throws -> TaskEngine {
        guard engine == .llm else { return .template }
        if let model {
            let models = RunModels(
                backends: [], resolver: ModelNameResolver(client: components.client),
                baseDirectory: ProcessEnvironment.currentDirectory(), environment: ProcessEnvironment.variables())
            let settings: JSONObject = apiBase.map { ["api_base": .string($0)] } ?? [:]
            return .model(try models.model(named: model, parameters: settings), parameters: [:])
        }
        guard let config else {
            throw ValidationError("--engine llm needs a model: --model NAME, or --config FILE with a backend")
        }
        let plan = try ConfigurationOptions.parse(["--config", config]).load(components, quiet: true).plan
        let models = RunModels(
            backends: plan.backends.map { ($0.id, $0.factory) }, baseDirectory: plan.baseDirectory,
            environment: plan.environment)
        guard let id = backend ?? plan.backends.first?.id else {
            throw ValidationError("\(config) declares no backend")
        }
        return .model(try models.model(backend: id), parameters: [:])
    }
}

/// `gage pause tools`.
struct PauseToolsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tools",
        abstract: "Show the tools of the platform, of sources, of the medical assistant, of users.")

    @Flag(help: "As one JSON object: family to list of tools in OpenAI's shape.")
    var json = false

    @Option(help: "Whose tools: none for ours, source for those of the original.")
    var compatibility = "none"

    func run() throws {
        guard let compatibility = PauseCompatibility(rawValue: compatibility) else {
            throw ValidationError("--compatibility is none or source, not '\(compatibility)'")
        }
        var object: JSONObject = [:]
        for family in PauseTools.Family.allCases {
            let tools = PauseTools.definitions(family, compatibility: compatibility)
            object[family.rawValue] = .array(tools.map(\.json))
            guard !json else { continue }
            Output.result("\(family.rawValue) (\(tools.count))")
            for tool in tools { Output.result("  \(tool.name): \(tool.description ?? "")") }
        }
        if json { Output.result(JSONValue.object(object).text(.pretty)) }
    }
}
