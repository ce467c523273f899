public import Evaluation
import JSON

/// Everything of one task set that is loaded once and never changes: tasks, splits, policies, tools, and the data.
public final class Tau2Domain: Sendable {
    /// Where the texts and schemas came from.
    public enum Source: String, Sendable, Hashable {
        /// From the data directory: the official files, where these are what it holds.
        case official = "data_directory"
        /// Written for gage, because the official ones are not there.
        case own
    }

    /// Which set it is.
    public let taskSet: Tau2TaskSet
    /// Where it was loaded from.
    public let directory: Tau2DataDirectory
    /// All tasks in file order.
    public let tasks: [Tau2Task]
    /// The names of the splits and their tasks; empty where the set has none.
    public let splits: [(name: String, tasks: [String])]
    /// Where the tool schemas came from.
    public let toolSource: Source
    /// Where the policy came from.
    public let policySource: Source
    /// Where the user's guidelines came from.
    public let guidelinesSource: Source
    private let data: any TauDomainData
    private let taskPlaces: [String: Int]
    private let policies: Tau2Policies
    private let guidelines: Tau2Guidelines
    private let tools: Tau2ToolCatalog
    private let toolKinds: [String: ToolKind]

    /// Loads a task set.
    ///
    /// Throws ``EvaluationError`` with the file and what to do.
    public init(_ taskSet: Tau2TaskSet, in directory: Tau2DataDirectory) throws(EvaluationError) {
        self.taskSet = taskSet
        self.directory = directory
        tasks = try Self.loadTasks(directory.path("tasks.json"))
        taskPlaces = Dictionary(tasks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        splits = try Self.loadSplits(directory.path("split_tasks.json"))
        data = try Tau2WorldLoader.load(taskSet, from: directory)
        let freshWorld: any TauWorld
        do {
            freshWorld = try data.makeWorld(isSolo: false)
        } catch {
            throw error.asTaskError("the world of '\(taskSet.name)' cannot be made")
        }
        policies = try Tau2Policies(taskSet, in: directory)
        guidelines = try Tau2Guidelines(in: directory)
        tools = try Tau2ToolCatalog(of: freshWorld, in: directory)
        toolKinds = Self.kinds(of: freshWorld)
        toolSource = tools.source
        policySource = policies.source
        guidelinesSource = guidelines.source
    }

    /// A fresh world; throws where the domain does not support solo mode, with the official text.
    ///
    /// What the official tools draw at random comes from `identifiers`.
    func makeWorld(
        isSolo: Bool, identifiers: IdentifierSource = .derived
    ) throws(PythonException) -> any TauWorld {
        var world = try data.makeWorld(isSolo: isSolo)
        world.state.identifiers = identifiers
        return world
    }

    /// The task of that id.
    public func task(_ id: String) -> Tau2Task? { taskPlaces[id].map { tasks[$0] } }

    /// The tasks of a split in file order.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for an unknown one.
    ///
    /// A set without a split file has all its tasks in `base`.
    public func tasks(inSplit split: String?) throws(EvaluationError) -> [Tau2Task] {
        guard let split else { return tasks }
        guard let members = splits.first(where: { $0.name == split })?.tasks else {
            if splits.isEmpty, split == "base" { return tasks }
            throw EvaluationError(
                .configurationInvalid, "'\(taskSet.name)' has no split '\(split)'", cause: .configuration,
                advice: NearMiss.advice(split, among: splits.map(\.name)))
        }
        let wanted = Set(members)
        return tasks.filter { wanted.contains($0.id) }
    }

    /// The policy that the agent is told.
    public func policy(isSolo: Bool) -> String { isSolo ? policies.solo : policies.ordinary }

    /// The user simulator's guidelines, of a user with or without tools.
    func guidelines(withTools: Bool) -> String { withTools ? guidelines.withTools : guidelines.withoutTools }

    /// The agent's tools as models see them; an agent that works alone has the user's and `done` besides.
    public func agentTools(isSolo: Bool) -> [ToolDefinition] {
        isSolo ? tools.agent + tools.user + [Tau2ToolCatalog.done] : tools.agent
    }

    /// The user's tools as models see them, narrowed to those that the task names.
    public func userTools(for task: Tau2Task) -> [ToolDefinition] {
        guard let wanted = task.userTools else { return tools.user }
        return tools.user.filter { wanted.contains($0.name) }
    }

    /// The official kind of a tool by its name; the user's toolkit is asked last and its word holds.
    func toolKind(_ name: String) -> ToolKind? { toolKinds[name] }

    private static func kinds(of world: any TauWorld) -> [String: ToolKind] {
        let tools = [Requestor.assistant, .user].flatMap { world.tools(for: $0) }
        let kinds = tools.compactMap { tool in tool.kind.map { (tool.name, $0) } }
        return Dictionary(kinds, uniquingKeysWith: { _, last in last })
    }

    private static func loadTasks(_ path: String) throws(EvaluationError) -> [Tau2Task] {
        let file = try Tau2Files.json(path)
        guard let items = file.arrayValue ?? file["tasks"]?.arrayValue else {
            throw .malformedTau2("\(path) must be a list of tasks, or an object with 'tasks'")
        }
        var tasks: [Tau2Task] = []
        tasks.reserveCapacity(items.count)
        for item in items { tasks.append(try Tau2Task(json: item)) }
        return tasks
    }

    private static func loadSplits(_ path: String) throws(EvaluationError) -> [(name: String, tasks: [String])] {
        guard Tau2Files.exists(path) else { return [] }
        guard let object = try Tau2Files.json(path).objectValue else {
            throw .malformedTau2("\(path) must be an object of splits")
        }
        var splits: [(name: String, tasks: [String])] = []
        for (name, members) in object {
            splits.append((name, (members.arrayValue ?? []).compactMap(\.stringValue)))
        }
        return splits
    }
}
