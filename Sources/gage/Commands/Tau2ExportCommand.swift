import ArgumentParser
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Storage
import Tau

/// `gage tau2 export`: writes a run's episodes as an official result file.
struct Tau2ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a run as result files of the official command, one for each domain.",
        discussion: """
            Without --output, the files are <run>/tau2/<domain>.json. `tau2 view` and the preparation of leaderboard \
            submissions read them.
            """)

    @OptionGroup var target: RunArgument
    @OptionGroup var data: Tau2ExportDataOptions

    @Option(name: .shortAndLong, help: "The file to write, or, with several domains, the directory.")
    var output: String?

    @Option(help: "Only this domain.")
    var domain: String?

    @Option(help: "Only this task of the configuration, where several are of one domain.")
    var task: String?

    @Option(help: "json: one file. dir: results.json and a file for each run in simulations/.")
    var layout = Layout.json

    /// How the files lie on disk.
    enum Layout: String, ExpressibleByArgument, CaseIterable {
        case json
        case dir
    }

    func run() async throws {
        let plan = try target.load(Components()).plan
        let (parent, id) = target.place
        let directory = try RunDirectory.open(try RunDirectory.location(in: parent, runID: id))
        let journal = try Journal.open(directory.journalPath)
        let episodes = try Tau2ExportedEpisodes(journal: journal, domain: domain, task: task)
        let store = Tau2DataStore()
        for (name, group) in episodes.byDomain {
            let root = try data.data ?? group.dataDirectory()
            let loaded = try await store.domain(named: name, dataDirectory: root)
            let results = try Tau2Results(
                exporting: group.records, of: loaded, agent: plan.agentModel(ofTask: group.task))
            let path = place(for: name, among: episodes.byDomain.count, in: directory)
            try results.write(to: path, as: layout == .json ? .file : .directory)
            Output.result("\(path): \(results.simulations.count) runs of \(results.tasks.count) tasks of \(name)")
        }
    }

    private func place(for domain: String, among count: Int, in directory: RunDirectory) -> String {
        let ending = layout == .json ? ".json" : ""
        guard let output else { return "\(directory.path)/tau2/\(domain)\(ending)" }
        let isFolder = count > 1 || output.hasSuffix("/")
        return isFolder ? "\(output)/\(domain)\(ending)".replacing("//", with: "/") : output
    }
}

/// `--data` of `export`.
struct Tau2ExportDataOptions: ParsableArguments {
    @Option(help: "The official data directory; the one that the run used by default.")
    var data: String?
}

/// The τ²-bench episodes of a run by domain, in plan order.
struct Tau2ExportedEpisodes {
    /// The episodes of one domain.
    struct Group {
        var task: String
        var records: [EpisodeRecord]

        /// Where the run found the official data.
        func dataDirectory() throws -> String {
            let root = records.lazy.compactMap { $0.sample["metadata"]?["tau2"]?["data_dir"]?.stringValue }.first
            guard let root else {
                throw ValidationError("the run does not say where its data were; name the directory with --data")
            }
            return root
        }
    }

    private(set) var byDomain: [(name: String, group: Group)] = []

    /// Reads them from a journal.
    ///
    /// Throws ``ValidationError`` when there are none, or when two tasks of the configuration are of one domain: an
    /// official file could not tell their trials apart.
    init(journal: Journal, domain: String?, task: String?) throws {
        var groups: [String: Group] = [:]
        var order: [String] = []
        try journal.forEachEpisode(inTask: task) { stored in
            let record = stored.record
            guard let name = record.sample["metadata"]?["tau2"]?["domain"]?.stringValue, domain ?? name == name else {
                return
            }
            if groups[name] == nil {
                order.append(name)
                groups[name] = Group(task: record.id.task, records: [])
            }
            if let other = groups[name]?.task, other != record.id.task {
                throw ValidationError(
                    "tasks '\(other)' and '\(record.id.task)' are both of domain \(name): choose one with --task")
            }
            groups[name]?.records.append(record)
        }
        byDomain = order.compactMap { name in groups[name].map { (name, $0) } }
        guard byDomain.isEmpty else { return }
        let chosen = [domain.map { " of domain '\($0)'" }, task.map { " in task '\($0)'" }].compactMap { $0 }.joined()
        throw ValidationError("the run has no tau2 episode\(chosen)")
    }
}

extension Plan {
    /// The model behind a task's agent, as the configuration names it, with its sampling parameters.
    fileprivate func agentModel(ofTask id: String) -> Tau2Results.Model {
        let adapter = tasks.first { $0.id == id }?.steps.first { $0.kind == .inference }?.adapter
        let agent = agentBackends.first { $0.id == adapter?.agentBackendID }
        guard let backend = backends.first(where: { $0.id == agent?.backendID ?? adapter?.backendID }) else {
            return Tau2Results.Model("unknown")
        }
        var parameters = backend.settings["generation_parameters"]?.objectValue ?? [:]
        for (key, value) in parameters where value.isNull { parameters[key] = nil }
        parameters.merge(agent?.samplingParameters ?? [:])
        return Tau2Results.Model(backend.settings["model"]?.stringValue ?? backend.id, parameters)
    }
}
