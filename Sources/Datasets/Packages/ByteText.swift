import Synchronization

/// Sizes for people.
enum ByteText {
    /// `7.0 MB`, `280 B`.
    static func text(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes) B" }
        let (unit, size) = bytes < 1_000_000 ? ("kB", 1000) : ("MB", 1_000_000)
        let tenths = (bytes * 10 + size / 2) / size
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}

/// Lets through one report for every few megabytes.
///
/// The atomic holds the size at which the next report is due.
final class ProgressStep: Sendable {
    private let due = Atomic(0)

    func passes(_ received: Int) -> Bool {
        guard received >= due.load(ordering: .relaxed) else { return false }
        due.store(received + (8 << 20), ordering: .relaxed)
        return true
    }
}
