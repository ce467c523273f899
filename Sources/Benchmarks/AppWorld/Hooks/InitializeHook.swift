import Evaluation
import JSON
import Synchronization

/// `appworld_initialize`: opens the task's world in the episode's environment, before the prompt is rendered.
///
/// It happens once in the life of an environment of ours. Opening a task again would not undo what was done in it, so that a
/// second try is for the engine, with a fresh sandbox.
final class InitializeHook: AgentHook {
    private let parameters: InitializeParameters
    private let servers: AppWorldServers
    /// Protects the names of the sandboxes in which a task was opened.
    private let used = Mutex<Set<String>>([])

    init(_ parameters: InitializeParameters, servers: AppWorldServers) {
        self.parameters = parameters
        self.servers = servers
    }

    func run(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let task = try AppWorldTask(episode.sample)
        // Before the agent says anything, so that it holds however the episode ends.
        if task.isTest { episode.redaction = Redaction.trace }
        try await refuseUsedSandbox(in: scope)
        let server = try await servers.servers(
            in: scope, overrides: .init(environment: parameters.environment, apis: parameters.apis),
            timeout: .bounded(seconds: parameters.timeout))
        let experiment = task.experimentName(in: scope.run, unless: parameters.options["experiment_name"]?.stringValue)
        let body = body(for: task, experiment: experiment, server: server)
        var opened = try await server.initialize(body)
        if try await isShared(scope) {
            // Nobody knows what was done in this task before; closing it is what undoes that.
            try await server.close(task: task.id)
            opened = try await server.initialize(body)
        }
        guard opened["task_id"]?.stringValue == task.id else {
            throw EvaluationError(
                .appWorldRefused, "AppWorld opened another task than '\(task.id)'", cause: .sandbox, retry: .worthwhile)
        }
        AppWorldSession(task: task, experiment: experiment, server: server).keep(in: &episode)
        episode.sample.metadata[AppWorldTask.key] = .object(
            task.facts.merging(["experiment_name": .string(experiment)]))
        let user = opened["supervisor"] ?? [:]
        episode.supportOutputs.append([
            "main_user": user, "appworld_datetime": opened["datetime"] ?? .null,
            "appworld_instruction": opened["instruction"] ?? .null, "payload": ["main_user": user],
        ])
        if let world = episode.world, !(world is CodeWorld) {
            episode.world = CompletionWorld(base: world, server: server, task: task.id)
        }
    }

    private func body(for task: AppWorldTask, experiment: String, server: EnvironmentServer) -> JSONObject {
        var body: JSONObject = [:]
        for option in InitializeOption.all {
            let value = task.facts[option.key].flatMap(option.read) ?? parameters.options[option.key]
            if let value { body[option.key] = value }
        }
        body["ground_truth_mode"] = Self.mode(body["ground_truth_mode"], of: task)?.json
        if body["remote_apis_url"] == nil, let address = server.addresses.innerAPIs {
            body["remote_apis_url"] = .string(address)
        }
        body["task_id"] = .string(task.id)
        body["experiment_name"] = .string(experiment)
        return body
    }

    /// The ground truth to load: never more than minimal for a test split, and AppWorld's own choice where none is known.
    private static func mode(_ wanted: JSONValue?, of task: AppWorldTask) -> GroundTruthMode? {
        guard let word = wanted?.stringValue?.lowercased(), !task.isTest else { return task.isTest ? .minimal : nil }
        return word == "auto" ? .minimal : GroundTruthMode(rawValue: word)
    }

    /// Whether the environment serves others besides this episode.
    private func isShared(_ scope: EpisodeScope) async throws -> Bool {
        if parameters.environment != nil || scope.sandboxes.profile == nil { return true }
        return try await !(scope.sandboxes.sandbox() is any CommandSandbox)
    }

    private func refuseUsedSandbox(in scope: EpisodeScope) async throws {
        guard parameters.environment == nil, scope.sandboxes.profile != nil,
            let sandbox = try await scope.sandboxes.sandbox() as? any CommandSandbox
        else { return }
        guard used.withLock({ $0.insert(sandbox.identifier).inserted }) else {
            throw EvaluationError(
                .configurationInvalid, "an AppWorld container was to take a second task, which would see the first",
                cause: .configuration, advice: "write 'lifecycle: per_task' in the agent's 'sandbox'")
        }
    }
}
