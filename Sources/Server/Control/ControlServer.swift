public import Evaluation
import Glibc
import JSON
import Storage

/// Lets a run that goes on be looked at and told what to do, over a Unix socket in its directory.
///
/// `GET /status` answers how it stands; `POST /stop`, `/pause`, `/resume`, `/tune`, `/cancel` and `/requeue` take what
/// ``ControlOrder`` says. The socket's mode is 0600, and only processes of the same user and of root are answered. Where
/// the path is too long for a socket, or the file system has none, it is made in the user's runtime directory, and
/// `control.json` in the run's directory says where.
///
/// ```swift
/// let server = try ControlServer(directory: directory, run: run, environment: environment)
/// await server.run()
/// ```
public final class ControlServer: Sendable {
    private let listener: ControlListener
    private let run: any ControlledRun
    private let place: ControlPlace
    /// Where the socket is.
    public let socketPath: String

    /// Makes the socket of the run in a directory, in place of one that a killed run left; it answers once it is run.
    ///
    /// The caller's process must hold the run, so that what is there already is nobody's. Throws ``EvaluationError``,
    /// cause `gage`, when no socket can be made.
    public init(directory: String, run: any ControlledRun, environment: [String: String]) throws(EvaluationError) {
        self.run = run
        place = ControlPlace(directory: directory)
        (listener, socketPath) = try place.listen(environment)
    }

    /// Answers until the caller's task is cancelled; nothing of the socket is left then.
    public func run() async {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for await (connection, request) in listener.connections() {
                    group.addTask { [run] in await Self.answer(request, on: connection, of: run) }
                }
            }
        } onCancel: {
            place.leave(socketPath)
            listener.stop()
        }
    }

    private static func answer(
        _ request: ControlConnection.Request, on connection: ControlConnection, of run: any ControlledRun
    ) async {
        do throws(APIProblem) {
            connection.answer(status: 200, .object(try await reply(to: request, of: run)))
        } catch {
            connection.answer(status: error.status, error.json)
        }
    }

    private static func reply(
        to request: ControlConnection.Request, of run: any ControlledRun
    ) async throws(APIProblem) -> JSONObject {
        if request.path == "/status" {
            guard request.method == "GET" else {
                throw APIProblem(405, "method_not_allowed", "/status is asked with GET")
            }
            return await run.status()
        }
        let body: JSONValue
        do {
            body = request.body.isEmpty ? [:] : try JSONValue.parse(bytes: request.body)
        } catch {
            throw APIProblem(400, "bad_json", "the body is not JSON: \(error)")
        }
        guard let order = try ControlOrder(path: request.path, body: body) else {
            throw APIProblem(
                404, "unknown_path", "there is no \(request.path)",
                advice: "GET /status; POST /stop, /pause, /resume, /tune, /cancel, /requeue")
        }
        guard request.method == "POST" else {
            throw APIProblem(405, "method_not_allowed", "\(request.path) is asked with POST")
        }
        return try await run.perform(order)
    }
}
