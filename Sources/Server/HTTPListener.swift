import Hummingbird
import Logging
import NIOCore

/// Listens on an address for a server's requests.
struct HTTPListener: Sendable {
    /// Who answers: the value of the `Server` field.
    let name: String
    let host: String
    /// The port; 0 for any that is free.
    let port: Int

    /// The host as a URL writes it.
    var urlHost: String { host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host }

    /// Serves until the task is cancelled, or, with `stopsOnSignals`, until the process is asked to end.
    ///
    /// `onStart` is told the server's URL, such as `http://127.0.0.1:8000`, as soon as it listens. Throws when the address
    /// cannot be listened on.
    func serve<Context: RequestContext>(
        _ router: Router<Context>, stopsOnSignals: Bool = false, onStart: @escaping @Sendable (String) -> Void
    ) async throws where Context.Source == ApplicationRequestContextSource {
        var logger = Logger(label: name)
        logger.logLevel = .critical
        let urlHost = urlHost
        let app = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: name),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { onStart("http://\(urlHost):\(port)") }
            },
            logger: logger)
        do {
            if stopsOnSignals { try await app.runService() } else { try await app.run() }
        } catch is CancellationError {
            // Being told to stop is how a server ends well.
        }
    }
}
