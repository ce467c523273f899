import Evaluation
import Glibc

/// Finds ports that a server can listen on.
enum ServerPort {
    /// A port that is free now on an IPv4 address.
    ///
    /// Somebody else may take it before the server does; the server then ends, and is started again with another one.
    static func free(on host: String) throws(EvaluationError) -> Int { try bind(to: 0, on: host) }

    /// Makes sure that nobody listens on a port, since the run would talk to whoever does.
    static func check(_ port: Int, on host: String) throws(EvaluationError) { _ = try bind(to: port, on: host) }

    private static func bind(to port: Int, on host: String) throws(EvaluationError) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        guard inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr) == 1 else {
            guard port != 0 else {
                throw EvaluationError(
                    .configurationInvalid, "no free port can be found on '\(host)'", cause: .configuration,
                    advice: "write host as an IPv4 address, or give the server a port")
            }
            return port
        }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("cannot make a socket") }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        guard status else {
            throw EvaluationError(
                .configurationInvalid,
                "the model server cannot listen on \(host):\(port): \(String(cString: strerror(errno)))",
                cause: .configuration, advice: "leave 'port' out to take a free one")
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func failure(_ message: String) -> EvaluationError {
        EvaluationError(.unexpected, "\(message): \(String(cString: strerror(errno)))", cause: .gage)
    }
}
