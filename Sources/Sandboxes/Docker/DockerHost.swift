/// Where a container engine listens.
public enum DockerHost: Sendable, Hashable, CustomStringConvertible {
    /// A Unix socket.
    case unix(path: String)
    /// A TCP port without encryption.
    case tcp(authority: String)

    /// The engine that `DOCKER_HOST` names, or the usual socket.
    ///
    /// Throws ``DockerError`` for schemes that are not spoken here: `ssh://`, `npipe://`, TLS.
    public static func fromEnvironment(_ environment: [String: String]) throws(DockerError) -> Self {
        guard let text = environment["DOCKER_HOST"], !text.isEmpty else { return .unix(path: "/var/run/docker.sock") }
        if text.hasPrefix("unix://") { return .unix(path: String(text.dropFirst(7))) }
        if text.hasPrefix("tcp://") {
            guard environment["DOCKER_TLS_VERIFY"].map(\.isEmpty) ?? true else {
                throw DockerError(
                    .unsupportedHost, "DOCKER_HOST '\(text)' with DOCKER_TLS_VERIFY: TLS to the engine is not supported"
                )
            }
            var authority = String(text.dropFirst(6))
            while authority.hasSuffix("/") { authority.removeLast() }
            return .tcp(authority: authority.contains(":") ? authority : authority + ":2375")
        }
        throw DockerError(.unsupportedHost, "DOCKER_HOST '\(text)' is neither unix:// nor tcp://")
    }

    /// As `DOCKER_HOST` writes it.
    public var description: String {
        switch self {
        case .unix(let path): "unix://\(path)"
        case .tcp(let authority): "tcp://\(authority)"
        }
    }

    /// Whether the engine runs on this machine, so that its published ports and our processes are on the same one.
    public var isLocal: Bool {
        switch self {
        case .unix: true
        case .tcp(let authority):
            ["localhost", "127.0.0.1"].contains(String(authority.prefix { $0 != ":" }))
        }
    }
}
