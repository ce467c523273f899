/// Which runs go on and which wait: the rules, without anything that runs.
///
/// First come, first served. A run is in exactly one of the two lists, or in none when it ended or was taken back.
struct RunQueue: Sendable {
    /// What became of a run that asked to be taken in.
    enum Admission: Sendable, Hashable {
        case begins
        case waits
        /// There is no room; so many wait already.
        case isRefused(waiting: Int)
    }

    let parallel: Int
    let capacity: Int
    private(set) var running: Set<String> = []
    private(set) var waiting: [String] = []

    init(parallel: Int, capacity: Int) {
        self.parallel = max(1, parallel)
        self.capacity = max(0, capacity)
    }

    /// Takes a run in: it begins now, waits, or is refused.
    mutating func admit(_ id: String) -> Admission {
        if waiting.isEmpty, running.count < parallel {
            running.insert(id)
            return .begins
        }
        guard waiting.count < capacity else { return .isRefused(waiting: waiting.count) }
        waiting.append(id)
        return .waits
    }

    /// A run ended; those that begin in its place.
    mutating func end(_ id: String) -> [String] {
        running.remove(id)
        return fill()
    }

    /// Takes a run back that has not begun; false when it has, or is not known.
    mutating func withdraw(_ id: String) -> Bool {
        guard let place = waiting.firstIndex(of: id) else { return false }
        waiting.remove(at: place)
        return true
    }

    /// Lets everything that waits begin, however much goes on: for the end of the server.
    mutating func releaseAll() -> [String] {
        defer { waiting = [] }
        running.formUnion(waiting)
        return waiting
    }

    private mutating func fill() -> [String] {
        let room = max(0, parallel - running.count)
        let begun = Array(waiting.prefix(room))
        waiting.removeFirst(begun.count)
        running.formUnion(begun)
        return begun
    }
}
