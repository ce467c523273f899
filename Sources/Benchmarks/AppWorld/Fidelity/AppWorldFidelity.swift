import Evaluation
import FoundationEssentials
import Glibc
import JSON
public import Transport

/// Replays recorded exchanges with AppWorld's servers against running ones, and recomputes recorded figures.
///
/// The exchanges of a file build on one another and want servers that nobody has used yet.
public struct AppWorldFidelity: Sendable {
    /// What to replay and how.
    public struct Settings: Sendable {
        /// The addresses of the servers, where they run already.
        public var urls: [AppWorldServer: String] = [:]
        /// An image whose servers are started afresh for each file, in place of ``urls``.
        public var image: String?
        /// Whether bodies have to be equal byte by byte.
        public var isExact = false
        /// What the servers call the recorded things; nil means the map that the image brings along, else no other names.
        public var names: AppWorldNameMap?
        /// The environment, which says where the Docker engine is.
        public var environment: [String: String] = [:]
        /// Told which file is being replayed.
        public var onProgress: @Sendable (String) -> Void = { _ in }

        /// Settings without servers: enough for recorded figures.
        public init() {}
    }

    private let settings: Settings
    private let http: HTTPClient

    /// Prepares a replay.
    public init(_ settings: Settings, http: HTTPClient) {
        self.settings = settings
        self.http = http
    }

    /// Replays the files in order.
    ///
    /// A file of JSON lines holds exchanges; one JSON document holds figures. Throws ``EvaluationError``: cause
    /// `configuration` for files and addresses, `sandbox` for servers that do not answer.
    public func run(files: [String]) async throws -> AppWorldLedger {
        var ledger = AppWorldLedger()
        ledger.comparison = settings.isExact ? "exact" : "shape"
        for file in files {
            let bytes = try Self.bytes(of: file)
            if let figures = try FigureCheck(file: file, bytes: bytes) {
                ledger.add(figures.ledger())
                continue
            }
            let session = try Self.session(file: file, bytes: bytes)
            settings.onProgress("replaying \(session.topic): \(session.exchanges.count) exchanges")
            ledger.add(try await replay(session))
        }
        return ledger
    }

    private func replay(_ session: RecordedSession) async throws -> AppWorldLedger {
        guard let image = settings.image else {
            return try await replay(session, on: settings.urls, names: settings.names ?? .none)
        }
        return try await ServerContainer.with(
            image: image, outputType: session.outputType, environment: settings.environment, http: http
        ) { servers in
            try await replay(session, on: servers.urls, names: settings.names ?? servers.names ?? .none)
        }
    }

    private func replay(
        _ session: RecordedSession, on urls: [AppWorldServer: String], names: AppWorldNameMap
    ) async throws -> AppWorldLedger {
        var player = ExchangePlayer(urls: urls, http: http, names: names)
        let comparison = ExchangeComparison(strictness: settings.isExact ? .exact : .shape, names: names)
        var group = AppWorldLedger.Group(topic: session.topic)
        var ledger = AppWorldLedger()
        do {
            if let opening = RecordedExchange.opening(of: session) { _ = try await player.play(opening) }
            for exchange in session.exchanges {
                group.total += 1
                guard let found = comparison.difference(exchange, try await player.play(exchange)) else {
                    group.agreed += 1
                    continue
                }
                let reason = names.reason(topic: session.topic, exchange: exchange.name)
                if reason != nil { group.known += 1 }
                ledger.disagreements.append(
                    .init(
                        place: "\(session.topic)/\(exchange.sequence) \(exchange.name)", field: found.field,
                        expected: found.expected, actual: found.actual, reason: reason))
            }
        } catch let error as HTTPError {
            throw EvaluationError(
                .sandboxUnavailable, "the servers stopped answering in \(session.topic)", cause: .sandbox,
                advice: "start the servers afresh before each replay", underlying: error)
        }
        ledger.groups = [group]
        return ledger
    }

    private static func bytes(of file: String) throws(EvaluationError) -> [UInt8] {
        // The library's own error is an object's description, with addresses in it.
        guard access(file, R_OK) == 0 else {
            throw EvaluationError(
                .dataMissing, "'\(file)' cannot be read: \(String(cString: strerror(errno)))", cause: .configuration,
                advice: "name files of recorded exchanges, as in --cases DIR/*.jsonl")
        }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw EvaluationError(
                .dataMissing, "'\(file)' cannot be read", cause: .configuration,
                advice: "name a file, not a directory")
        }
    }

    private static func session(file: String, bytes: [UInt8]) throws(EvaluationError) -> RecordedSession {
        var session = RecordedSession(topic: topic(of: file))
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            do {
                session.take(try JSONValue.parse(bytes: line))
            } catch {
                throw EvaluationError(
                    .dataMalformed, "line \(number + 1) of '\(file)' is not JSON", cause: .configuration,
                    underlying: error)
            }
        }
        return session
    }

    /// The name of a file without directory and extension.
    static func topic(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

extension RecordedExchange {
    /// The task that every recording of tool results was made on.
    private static let firstTask = "f00d001_1"

    /// What has to happen before a file that holds tool calls only: a task must be active.
    static func opening(of session: RecordedSession) -> RecordedExchange? {
        guard session.outputType != nil, session.exchanges.allSatisfy({ $0.server == .mcp }) else { return nil }
        return RecordedExchange([
            "type": "exchange", "server": "environment", "name": "opening",
            "request": [
                "method": "POST", "path": "/initialize", "headers": ["content-type": "application/json"],
                "body": [
                    "task_id": .string(firstTask), "experiment_name": "opening",
                    "remote_apis_url": "http://127.0.0.1:9000",
                ],
            ],
            "response": ["status": 200],
        ])
    }
}
