import Evaluation
import JSON
import Transport

/// AppWorld's environment server, which holds one task's world at a time, and the server of its apps' interfaces.
///
/// Nothing is sent twice by itself: what a call did before its answer was lost is not known.
struct EnvironmentServer: Sendable {
    /// Where the servers are.
    struct Addresses: Sendable, Hashable {
        /// The environment, as this machine reaches it.
        var environment: String
        /// The apps' interfaces, as this machine reaches them.
        var apis: String?
        /// The apps' interfaces, as the environment itself reaches them.
        var innerAPIs: String?
    }

    let client: HTTPClient
    let addresses: Addresses
    var timeout: Duration = .seconds(120)

    /// What the environment says about a task's world that it has made.
    func initialize(_ body: JSONObject) async throws -> JSONValue { try await post("initialize", body) }

    /// Writes the world's state to the environment's disk, where the evaluation looks for it.
    func save(task: String) async throws { _ = try await post("save", ["task_id": .string(task)]) }

    /// Forgets the task's world, which nothing but this does.
    func close(task: String) async throws { _ = try await post("close", ["task_id": .string(task)]) }

    /// Whether the agent has said that it is done.
    func isCompleted(task: String) async throws -> Bool {
        try await post("task_completed", ["task_id": .string(task)]).boolValue ?? false
    }

    /// Runs a program in the environment's interpreter and returns what it printed.
    func execute(_ code: String, task: String) async throws -> String {
        let output = try await post("execute", ["task_id": .string(task), "code": .string(code)])
        return output.stringValue ?? output.text()
    }

    /// Evaluates the world that is open.
    func evaluate(task: String) async throws -> JSONValue {
        try await post("evaluate", ["task_id": .string(task), "suppress_errors": true, "report": false])
    }

    /// What each app is for, by its name, as the server of the interfaces says it.
    func appDescriptions() async throws -> JSONValue {
        guard let apis = addresses.apis else {
            throw EvaluationError(
                .configurationInvalid, "nobody says where AppWorld's app interfaces are", cause: .configuration,
                advice: "give the sandbox profile an 'apis_endpoint'")
        }
        return try await ask(HTTPRequest(url: Self.join(apis, "app_descriptions")), "app_descriptions")
    }

    private func post(_ name: String, _ body: JSONObject) async throws -> JSONValue {
        var request = HTTPRequest(url: Self.join(addresses.environment, name), method: "POST")
        request.headers = [HTTPHeader(name: "Content-Type", value: "application/json")]
        request.body = JSONValue.object(body).bytes()
        let answer = try await ask(request, name)
        guard let output = answer.objectValue?["output"] else {
            throw Self.malformed(name, "it has no 'output'")
        }
        return output
    }

    private func ask(_ request: HTTPRequest, _ name: String) async throws -> JSONValue {
        var request = request
        request.timeouts = HTTPTimeouts(connect: .seconds(10), idle: timeout, total: timeout)
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch let error as HTTPError {
            if error.code == .cancelled { throw CancellationError() }
            throw EvaluationError(
                .appWorldUnreachable, "AppWorld did not answer '\(name)'", cause: .sandbox, retry: .worthwhile,
                advice: "look at the container's output, or raise the hook's 'timeout_s'", underlying: error)
        }
        guard response.status == 200 else { throw Self.refusal(response, name) }
        do {
            return try JSONValue.parse(bytes: response.body)
        } catch {
            throw Self.malformed(name, "it is no JSON")
        }
    }

    /// The error for a status other than 200: failures inside AppWorld are plain text, not JSON.
    private static func refusal(_ response: HTTPResponse, _ name: String) -> EvaluationError {
        // A body that is no JSON has no detail to show.
        let detail = (try? JSONValue.parse(bytes: response.body))?["detail"].map { $0.stringValue ?? $0.text() }
        let text = detail ?? String(decoding: response.body.prefix(300), as: UTF8.self)
        return EvaluationError(
            .appWorldRefused, "AppWorld refused '\(name)' with status \(response.status): \(text.prefix(300))",
            cause: response.status < 500 ? .task : .sandbox, retry: response.status < 500 ? .never : .worthwhile,
            advice: response.status < 500
                ? nil
                : "the container's own output says why; an unknown task and a richer ground truth than there is "
                    + "look like this too")
    }

    private static func malformed(_ name: String, _ reason: String) -> EvaluationError {
        EvaluationError(
            .appWorldRefused, "AppWorld's answer to '\(name)' cannot be read: \(reason)", cause: .sandbox,
            retry: .worthwhile)
    }

    private static func join(_ base: String, _ path: String) -> String {
        base.hasSuffix("/") ? base + path : "\(base)/\(path)"
    }
}

extension EvaluationError.Code {
    /// AppWorld's servers did not answer.
    static let appWorldUnreachable = Self("appworld.unreachable")
    /// AppWorld's servers refused a request.
    static let appWorldRefused = Self("appworld.refused")
}
