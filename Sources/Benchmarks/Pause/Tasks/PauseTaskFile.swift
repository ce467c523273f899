public import Evaluation
public import JSON

/// One user with all tasks that were made for this user: `tasks_<profile_id>_<time>.json`.
public struct PauseTaskFile: Sendable, Hashable {
    /// From what the user's store is built again, tables included.
    public var storeMeta: JSONObject
    /// The user's profile before any branch added its context.
    public var profile: JSONObject
    /// The tasks of each branch, in the order of the branches.
    public var tasksByBranch: [(branch: String, tasks: [PauseTask])]
    /// For branches that add context: the members of the profile that they change, with their new values.
    public var profileByBranch: JSONObject
    /// Members that this program does not know, kept as they are.
    public var extras: JSONObject

    /// Describes a file.
    public init(
        storeMeta: JSONObject, profile: JSONObject, tasksByBranch: [(branch: String, tasks: [PauseTask])] = [],
        profileByBranch: JSONObject = [:]
    ) {
        self.storeMeta = storeMeta
        self.profile = profile
        self.tasksByBranch = tasksByBranch
        self.profileByBranch = profileByBranch
        extras = [:]
    }

    /// The tasks of all branches, in order.
    public var tasks: [PauseTask] { tasksByBranch.flatMap(\.tasks) }

    /// The profile with which a task of this branch starts.
    public func profile(for branch: String) -> JSONObject {
        profile.merging(profileByBranch[branch]?.objectValue ?? [:])
    }

    /// The store in which a task of this branch starts.
    ///
    /// The tables are made again from the meta. Throws ``EvaluationError`` (`data.malformed`).
    public func store(for branch: String) throws -> PauseStore {
        try PauseStore.load(meta: storeMeta, profile: profile(for: branch))
    }

    /// The tasks of a branch; empty when it has none.
    public func tasks(of branch: String) -> [PauseTask] {
        tasksByBranch.first { $0.branch == branch }?.tasks ?? []
    }
}

extension PauseTaskFile {
    /// Two files are the same when everything in them is.
    public static func == (left: Self, right: Self) -> Bool { left.json == right.json }

    /// Feeds the whole content to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }

    /// Reads a task file.
    ///
    /// Files of the original, without `profile_by_branch`, are read too. Throws ``EvaluationError`` (`data.malformed`).
    public init(json: JSONValue) throws(EvaluationError) {
        guard let object = json.objectValue, let meta = object["store_meta"]?.objectValue,
            let profile = object["profile"]?.objectValue, let branches = object["tasks_by_branch"]?.objectValue
        else {
            throw PauseTask.malformed("a task file needs the objects store_meta, profile and tasks_by_branch")
        }
        self.init(
            storeMeta: meta, profile: profile, profileByBranch: object["profile_by_branch"]?.objectValue ?? [:])
        for (branch, list) in branches {
            var tasks: [PauseTask] = []
            for item in list.arrayValue ?? [] { tasks.append(try PauseTask(json: item, branch: branch)) }
            tasksByBranch.append((branch, tasks))
        }
        extras = object
        for key in ["store_meta", "profile", "tasks", "tasks_by_branch", "profile_by_branch"] { extras[key] = nil }
    }

    /// The file's content: `{store_meta, profile, tasks, tasks_by_branch, profile_by_branch}`.
    public var json: JSONValue {
        let branches = tasksByBranch.map { entry in
            (key: entry.branch, value: JSONValue.array(entry.tasks.map(\.json)))
        }
        var object: JSONObject = [
            "store_meta": .object(storeMeta), "profile": .object(profile), "tasks": .array(tasks.map(\.json)),
            "tasks_by_branch": .object(JSONObject(entries: branches)),
        ]
        if !profileByBranch.isEmpty { object["profile_by_branch"] = .object(profileByBranch) }
        object.merge(extras)
        return .object(object)
    }
}
