public import Evaluation
public import JSON
import Synchronization

/// Everything of one environment that is loaded once and never changes: tasks, policy, tools, and the data.
public final class Tau1Domain: Sendable {
    /// Which environment it is.
    public let name: Tau1DomainName
    /// Where it was loaded from.
    public let directory: Tau1DataDirectory
    /// The policy, which is the agent's system prompt.
    public let policy: String
    /// Rules that the official code keeps beside the policy; no official agent is shown them.
    public let rules: [String]
    /// The tools as models see them, in official order.
    public let tools: [ToolDefinition]
    /// The tools exactly as the data directory writes them, for agents that put them into a prompt.
    public let toolSchemas: [JSONValue]
    /// Tools that end the dialogue, whether or not their arguments were right.
    public let terminatingTools: Set<String>
    /// The splits and their tasks, in the order test, train, dev.
    public let splits: [(name: String, tasks: [Tau1Task])]
    private let freshWorld: Tau1World
    /// Guards the digests of states that count as right, made when first asked for, by the actions that lead to them.
    private let goldDigests = Mutex<[[Tau1Action]: String]>([:])

    /// Loads an environment.
    ///
    /// Throws ``EvaluationError`` with the file and what to do.
    public init(_ name: Tau1DomainName, in directory: Tau1DataDirectory) throws(EvaluationError) {
        self.name = name
        self.directory = directory
        let files = Tau1DataDirectory.files
        policy = try files.text(directory.path("policy.md"))
        rules = try Self.texts(directory.path("rules.json"))
        terminatingTools = Set(try Self.texts(directory.path("terminate_tools.json")))
        let tables = try name.tables.map { table throws(EvaluationError) in
            (name: table, records: try Self.object(directory.path("\(table).json")))
        }
        freshWorld = Tau1World(name, database: Database(tables: tables))
        let toolsPath = directory.path("tools.json")
        toolSchemas = try Self.list(toolsPath)
        tools = try Self.definitions(toolSchemas, of: name, path: toolsPath)
        splits = try Self.loadSplits(in: directory)
    }

    /// The data as they were before anybody did anything.
    public func makeWorld() -> Tau1World { freshWorld }

    /// The tasks of a split, by their ids in order.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a split that the environment does not have.
    public func tasks(inSplit split: String) throws(EvaluationError) -> [Tau1Task] {
        if let found = splits.first(where: { $0.name == split }) { return found.tasks }
        throw EvaluationError(
            .configurationInvalid, "'\(name.rawValue)' has no split '\(split)'", cause: .configuration,
            advice: NearMiss.advice(split, among: splits.map(\.name)))
    }

    /// The task at a position of a split.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for an unknown split or a position outside of it.
    public func task(_ id: Int, inSplit split: String) throws(EvaluationError) -> Tau1Task {
        let tasks = try tasks(inSplit: split)
        guard tasks.indices.contains(id) else {
            throw EvaluationError(
                .configurationInvalid, "'\(name.rawValue)' has no task \(id) in split '\(split)'",
                cause: .configuration, advice: "its tasks are 0 to \(tasks.count - 1)")
        }
        return tasks[id]
    }

    /// The digest of the data after a task's expected actions: `gt_data_hash` of official results.
    ///
    /// Costs hashing all data at the first call for a task.
    public func goldDigest(of task: Tau1Task) -> String {
        if let known = goldDigests.withLock({ $0[task.actions] }) { return known }
        let digest = Tau1Gold(of: task, in: self).world.digest
        goldDigests.withLock { $0[task.actions] = digest }
        return digest
    }
}

extension Tau1Domain {
    private static func loadSplits(
        in directory: Tau1DataDirectory
    ) throws(EvaluationError) -> [(name: String, tasks: [Tau1Task])] {
        var splits: [(name: String, tasks: [Tau1Task])] = []
        for split in ["test", "train", "dev"] {
            let path = directory.path("tasks_\(split).json")
            guard TauFiles.exists(path) else { continue }
            var tasks: [Tau1Task] = []
            for (position, item) in try list(path).enumerated() {
                do {
                    tasks.append(try Tau1Task(json: item, position: position))
                } catch {
                    throw EvaluationError(
                        error.code, "\(path): \(error.message)", cause: error.cause, advice: error.advice)
                }
            }
            splits.append((split, tasks))
        }
        guard !splits.isEmpty else {
            throw EvaluationError(
                .dataMissing, "there are no tasks in \(directory.folder)", cause: .configuration,
                advice: Tau1DataDirectory.advice)
        }
        return splits
    }

    /// The tools of a file, which have to be those that the environment executes.
    private static func definitions(
        _ schemas: [JSONValue], of name: Tau1DomainName, path: String
    ) throws(EvaluationError) -> [ToolDefinition] {
        let definitions = schemas.compactMap { ToolDefinition(json: $0) }
        let known = Tau1World.toolkit(of: name).tools.map(\.name)
        guard Set(definitions.map(\.name)) == Set(known), definitions.count == known.count else {
            throw EvaluationError(
                .dataMalformed, "\(path) does not describe the tools of '\(name.rawValue)'", cause: .task,
                advice: "its tools are \(known.joined(separator: ", "))")
        }
        return definitions
    }

    private static func list(_ path: String) throws(EvaluationError) -> [JSONValue] {
        guard let items = try Tau1DataDirectory.files.json(path).arrayValue else {
            throw EvaluationError(.dataMalformed, "\(path) must be a list", cause: .task)
        }
        return items
    }

    private static func object(_ path: String) throws(EvaluationError) -> JSONObject {
        guard let object = try Tau1DataDirectory.files.json(path).objectValue else {
            throw EvaluationError(.dataMalformed, "\(path) must be an object of records", cause: .task)
        }
        return object
    }

    private static func texts(_ path: String) throws(EvaluationError) -> [String] {
        let items = try list(path)
        let texts = items.compactMap(\.stringValue)
        guard texts.count == items.count else {
            throw EvaluationError(.dataMalformed, "\(path) must be a list of texts", cause: .task)
        }
        return texts
    }
}
