/// Where a container's ports are on this machine, and the addresses of its services by that.
struct EndpointMap: Sendable {
    /// The ports as the profile writes them, which need not be those that were had.
    var written: [ContainerSpecification.PublishedPort]
    /// The machine's ports by the container's, as the engine says them.
    var hostPorts: [Int: Int]

    /// An address as the profile writes it, with the port under which this machine reaches it.
    func outer(_ url: String) -> String {
        replacingPort(url) { port in
            let inside = containerPort(behind: port)
            return hostPorts[inside ?? port] ?? port
        }
    }

    /// An address as the profile writes it, with the port under which the container itself reaches it.
    func inner(_ url: String) -> String {
        replacingPort(url) { port in containerPort(behind: port) ?? port }
    }

    private func containerPort(behind port: Int) -> Int? { written.first { $0.hostPort == port }?.containerPort }

    private func replacingPort(_ url: String, _ replace: (Int) -> Int) -> String {
        guard let scheme = url.range(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let colon = authority.lastIndex(of: ":"), let port = Int(authority[authority.index(after: colon)...])
        else { return url }
        let path = rest[authority.endIndex...]
        return url[..<scheme.upperBound] + authority[...colon] + String(replace(port)) + path
    }
}

extension String {
    /// The first place of a text; the standard library has none without Foundation.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
