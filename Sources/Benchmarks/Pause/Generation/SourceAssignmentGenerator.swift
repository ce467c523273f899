/// Draws which source a user wore on each day.
struct SourceAssignmentGenerator {
    private var names: [String]
    private var stream: PauseStream

    /// The source of each day, or `missing`.
    ///
    /// One to three sources; two of them switch once or one is a block within the other; three follow each other. One
    /// or two blocks of one to three days are missing, and no source is left with too few days where that can be had.
    static func sources(dayCount: Int, stream: PauseStream) -> [String] {
        var generator = Self(names: [], stream: stream)
        let count = generator.sourceCount(dayCount)
        let minimum = Self.minimumRun(sources: count, dayCount: dayCount)
        generator.spread(count, minimum: minimum, dayCount: dayCount)
        generator.leaveOut(minimum: count > 1 ? minimum : 0)
        return generator.names
    }

    /// The fewest days that each of several sources has.
    static func minimumRun(sources: Int, dayCount: Int) -> Int {
        switch sources {
        case 2: max(4, (dayCount + 4) / 5)
        case 3: max(3, (18 * dayCount + 99) / 100)
        default: 1
        }
    }

    private mutating func sourceCount(_ dayCount: Int) -> Int {
        dayCount < 9 ? stream.position(weights: [0.7, 0.3]) + 1 : stream.position(weights: [0.3, 0.4, 0.3]) + 1
    }

    private mutating func spread(_ count: Int, minimum: Int, dayCount: Int) {
        let chosen = stream.sample(count, of: WearableSource.all.map(\.name))
        names = Array(repeating: chosen[0], count: dayCount)
        // A store of so few days that the runs do not fit keeps one source.
        guard count > 1, count * minimum <= dayCount else { return }
        if count == 3 {
            let first = stream.integer(in: minimum...dayCount - 2 * minimum)
            let second = stream.integer(in: minimum...dayCount - first - minimum)
            fill(first..<first + second, with: chosen[1])
            fill(first + second..<dayCount, with: chosen[2])
        } else if stream.chance(0.5) {
            fill(stream.integer(in: minimum...dayCount - minimum)..<dayCount, with: chosen[1])
        } else {
            let length = stream.integer(in: minimum...dayCount - minimum)
            let start = stream.integer(in: 0...dayCount - length)
            fill(start..<start + length, with: chosen[1])
        }
    }

    private mutating func leaveOut(minimum: Int) {
        let blocks = names.count <= 6 ? 1 : stream.chance(0.6) ? 1 : 2
        for _ in 0..<blocks {
            let length = min(stream.integer(in: 1...3), names.count)
            if !place(length, minimum: minimum), !place(length, minimum: max(0, minimum - 1)) { force(length) }
        }
    }

    private mutating func place(_ length: Int, minimum: Int) -> Bool {
        var counts: [String: Int] = [:]
        for name in names { counts[name, default: 0] += 1 }
        for _ in 0..<300 {
            let start = stream.integer(in: 0...names.count - length)
            let block = start..<start + length
            // Blocks that touch would make one longer block of them.
            let around = max(0, start - 1)..<min(names.count, start + length + 1)
            if names[around].contains("missing") { continue }
            var lost: [String: Int] = [:]
            for name in names[block] { lost[name, default: 0] += 1 }
            guard lost.allSatisfy({ (counts[$0.key] ?? 0) - $0.value >= minimum }) else { continue }
            fill(block, with: "missing")
            return true
        }
        return false
    }

    /// Takes days of the most frequent source, and any days where it has no such run.
    private mutating func force(_ length: Int) {
        var counts: [String: Int] = [:]
        for name in names where name != "missing" { counts[name, default: 0] += 1 }
        let major = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        let run = (0...names.count - length).first { start in
            names[start..<start + length].allSatisfy { $0 == major }
        }
        let start = run ?? stream.integer(in: 0...names.count - length)
        fill(start..<start + length, with: "missing")
    }

    private mutating func fill(_ days: Range<Int>, with name: String) {
        for day in days { names[day] = name }
    }
}
