import Glibc

/// What the machine grants a process, against what runs need.
struct MachineCheck {
    /// The machine's figures, apart from how they are had, so that their judgement can be tested.
    struct Figures: Sendable, Hashable {
        var openFiles: UInt64 = .max
        var processes: UInt64 = .max
        var availableMemory: UInt64?
        /// Seconds since 1970.
        var now: Double = 0
        /// Seconds since 1970 at which the executable was written.
        var executableDate: Double?
    }

    private static let gibibyte: UInt64 = 1 << 30

    /// What the figures come to.
    static func findings(_ figures: Figures) -> [Finding] {
        [
            openFiles(figures.openFiles), processes(figures.processes), memory(figures.availableMemory),
            clock(now: figures.now, executableDate: figures.executableDate),
        ]
    }

    /// The figures of this machine and process.
    static func figures() -> Figures {
        var figures = Figures()
        figures.openFiles = limit(Int32(RLIMIT_NOFILE.rawValue))
        figures.processes = limit(Int32(__RLIMIT_NPROC.rawValue))
        figures.availableMemory = availableMemory()
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        figures.now = Double(now.tv_sec)
        var status = stat()
        if stat("/proc/self/exe", &status) == 0 { figures.executableDate = Double(status.st_mtim.tv_sec) }
        return figures
    }

    // MARK: Judgement

    private static func openFiles(_ limit: UInt64) -> Finding {
        let text = limit == .max ? "no limit" : "\(limit)"
        let advice = "raise it in the shell that starts gage: ulimit -n 65536"
        if limit < 256 { return .fail("open files", "\(text), which is less than a run needs", advice) }
        if limit < 4096 {
            return .warn("open files", "\(text): enough for some hundred calls and sandboxes at once", advice)
        }
        return .ok("open files", text)
    }

    private static func processes(_ limit: UInt64) -> Finding {
        guard limit < 1024 else { return .ok("processes", limit == .max ? "no limit" : "\(limit)") }
        return .warn(
            "processes", "\(limit): sandboxes and judges at once may be refused", "raise it: ulimit -u 4096")
    }

    private static func memory(_ bytes: UInt64?) -> Finding {
        guard let bytes else { return .warn("memory", "the kernel does not say how much is free") }
        let text = "\(ByteText.short(bytes)) available"
        guard bytes < gibibyte else { return .ok("memory", text) }
        return .warn("memory", text, "a run itself needs little; containers and model servers need more")
    }

    private static func clock(now: Double, executableDate: Double?) -> Finding {
        // TLS refuses everybody when the clock is behind; a day's grace for time zones of careless builds.
        if let executableDate, now < executableDate - 86_400 {
            return .fail(
                "clock", "it is behind the date of gage itself", "set the clock: certificates are refused otherwise")
        }
        return .ok("clock", "plausible")
    }

    // MARK: Figures

    private static func limit(_ resource: Int32) -> UInt64 {
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return .max }
        return UInt64(limits.rlim_cur)
    }

    private static func availableMemory() -> UInt64? {
        guard let text = TextFile.read("/proc/meminfo", limit: 1 << 16),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") })
        else { return nil }
        return line.split(separator: " ").dropFirst().first.flatMap { UInt64($0) }.map { $0 * 1024 }
    }
}

/// Numbers of bytes for people.
enum ByteText {
    /// The number in the largest binary unit of which there is one: `3.2 GiB`.
    static func short(_ bytes: UInt64) -> String {
        var value = Double(bytes)
        var unit = "bytes"
        for next in ["KiB", "MiB", "GiB", "TiB"] where value >= 1024 {
            value /= 1024
            unit = next
        }
        return unit == "bytes" ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(unit)"
    }
}

/// Small files of the system.
enum TextFile {
    /// The beginning of a file; nil where it cannot be read.
    static func read(_ path: String, limit: Int) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
