/// Finds the name that was probably meant.
enum NearMiss {
    /// ` (did you mean 'name'?)`, or nothing when no candidate is near.
    static func hint(for name: String, among candidates: some Sequence<String>) -> String {
        let letters = Array(name.lowercased().unicodeScalars.prefix(64))
        let allowed = letters.count <= 3 ? 1 : letters.count <= 6 ? 2 : 3
        var best: (distance: Int, name: String)?
        for candidate in candidates where candidate != name {
            let other = Array(candidate.lowercased().unicodeScalars.prefix(64))
            guard abs(other.count - letters.count) <= allowed else { continue }
            let distance = distance(letters, other)
            guard distance <= allowed, distance < max(letters.count, other.count) else { continue }
            // Of equally near names the first in the alphabet, so that the message does not depend on chance.
            if best.map({ (distance, candidate) < ($0.distance, $0.name) }) ?? true { best = (distance, candidate) }
        }
        return best.map { " (did you mean '\($0.name)'?)" } ?? ""
    }

    /// How many letters to insert, remove, replace or swap to make one of the other.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let cost = left[row] == right[column] ? 0 : 1
                var value = min(last[column + 1] + 1, current[column] + 1, last[column] + cost)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    value = min(value, beforeLast[column - 1] + 1)
                }
                current.append(value)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
