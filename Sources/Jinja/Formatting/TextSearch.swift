/// Looks for text in text, in time that grows with the sum of their lengths and not with the product.
///
/// Positions are bytes of UTF-8; a text that begins at one in another begins at a character of it.
struct TextSearch {
    private let part: [UInt8]
    /// For every length of a match, the longest shorter match that ends with the same bytes (Knuth, Morris, Pratt).
    private let fallback: [Int]

    /// Prepares for looking for a text that is not empty.
    init(_ part: some Sequence<UInt8>) {
        let part = Array(part)
        var fallback = Array(repeating: 0, count: part.count + 1)
        var length = 0
        for index in part.indices.dropFirst() {
            while length > 0, part[index] != part[length] { length = fallback[length] }
            if part[index] == part[length] { length += 1 }
            fallback[index + 1] = length
        }
        self.part = part
        self.fallback = fallback
    }

    /// Where the text stands, matches that overlap an earlier one left out, at most so many times.
    func positions(in text: some Sequence<UInt8>, limit: Int = .max) -> [Int] {
        var positions: [Int] = []
        guard !part.isEmpty, limit > 0 else { return positions }
        var length = 0
        var end = 0
        for byte in text {
            end += 1
            while length > 0, byte != part[length] { length = fallback[length] }
            if byte == part[length] { length += 1 }
            guard length == part.count else { continue }
            positions.append(end - length)
            if positions.count == limit { break }
            length = 0
        }
        return positions
    }

    /// Where a text first stands in another.
    static func first(_ part: String, in text: String) -> Int? {
        part.isEmpty ? 0 : TextSearch(part.utf8).positions(in: text.utf8, limit: 1).first
    }

    /// Where a text stands in another, looked for from the end, in the order of the text.
    static func last(_ part: String, in text: String, limit: Int) -> [Int] {
        let count = text.utf8.count
        guard !part.isEmpty else { return [count] }
        let reversed = TextSearch(part.utf8.reversed()).positions(in: text.utf8.reversed(), limit: limit)
        return reversed.map { count - $0 - part.utf8.count }.reversed()
    }
}
