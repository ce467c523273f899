import Glibc

/// A port that neither accepts nor refuses: its queue of connections is full.
final class FullBacklog: Sendable {
    let port: UInt16
    private let descriptors: [Int32]

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var opened = [listener]
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listener, address, length) == 0, listen(listener, 0) == 0,
                    getsockname(listener, address, &length) == 0
                else { throw SystemFailure() }
                for _ in 0..<4 {
                    let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
                    connect(filler, address, length)
                    opened.append(filler)
                }
            }
        }
        descriptors = opened
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}

func waitWithoutWork(_ duration: Duration) {
    poll(nil, 0, Int32(duration / .milliseconds(1)))
}
