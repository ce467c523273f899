import Glibc

/// Disks and ports.
enum PlaceCheck {
    /// Bytes below which a disk is too full for a run, and below which it may become so.
    private static let (least, comfortable): (UInt64, UInt64) = (500 << 20, 5 << 30)

    /// A directory that is written to, or the nearest one above it that is there.
    static func disk(_ subject: String, _ path: String) -> Finding {
        var place = path
        while access(place, F_OK) != 0, place != "/", place != "." {
            let cut = place.lastIndex(of: "/")
            place = cut.map { $0 == place.startIndex ? "/" : String(place[..<$0]) } ?? "."
        }
        guard access(place, W_OK) == 0 else {
            return .fail(subject, "\(place) cannot be written to", "choose another place, or change its permissions")
        }
        var status = statvfs()
        guard statvfs(place, &status) == 0 else { return .warn(subject, "\(place) does not say how full it is") }
        return disk(subject, place: place, free: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }

    static func disk(_ subject: String, place: String, free: UInt64) -> Finding {
        let text = "\(ByteText.short(free)) free in \(place)"
        if free < least { return .fail(subject, text, "free some space: a run stops when its disk is full") }
        if free < comfortable { return .warn(subject, text, "images and trajectories of large runs need more") }
        return .ok(subject, text)
    }

    /// Whether servers can listen here: on any port, and on the one that `gage serve` takes.
    static func ports(_ wanted: [UInt16] = [8000]) -> [Finding] {
        guard canListen(0) else {
            return [.fail("ports", "no port of 127.0.0.1 can be listened on", "bring the loopback interface up")]
        }
        let busy = wanted.filter { !canListen($0) }
        guard !busy.isEmpty else { return [.ok("ports", "free: \(wanted.map { "\($0)" }.joined(separator: ", "))")] }
        return busy.map { .warn("ports", "\($0) is taken", "give `gage serve` another --port; runs take free ones") }
    }

    private static func canListen(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
        }
    }
}
