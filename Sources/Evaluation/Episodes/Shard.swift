/// One of the equal parts that a run is divided into, so that several processes or machines can work on it.
///
/// A shard has the samples whose place in their data set, counted from 0, leaves `number - 1` when divided by `count`.
/// So tasks over the same data set have each sample on the same shard.
public struct Shard: Sendable, Hashable {
    /// Which part it is, counted from 1.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// The largest number of parts.
    public static let largestCount = 100_000

    /// Names a part; nil unless `1 ≤ number ≤ count ≤` ``largestCount``.
    public init?(number: Int, count: Int) {
        guard count <= Self.largestCount, number >= 1, number <= count else { return nil }
        self.number = number
        self.count = count
    }

    /// Reads a part as people write it: `2/4`.
    public init?(_ text: String) { self.init(text, separator: "/") }

    /// Reads a part as its directory is called: `2-of-4`.
    public init?(directoryName: String) { self.init(directoryName, separator: "-of-") }

    private init?(_ text: String, separator: String) {
        guard let middle = text.firstRange(of: separator) else { return nil }
        let (number, count) = (text[..<middle.lowerBound], text[middle.upperBound...])
        guard !number.isEmpty, !count.isEmpty, (number + count).utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(number), let count = Int(count)
        else { return nil }
        self.init(number: number, count: count)
    }

    /// What the part's directory is called: `2-of-4`.
    public var directoryName: String { "\(number)-of-\(count)" }

    /// Whether the sample at this place of its data set, counted from 0, belongs to the part.
    public func contains(_ ordinal: Int) -> Bool { ordinal % count == number - 1 }

    /// How many samples of other parts there are from this place on before the part's own next one.
    public func distance(from ordinal: Int) -> Int { (number - 1 - ordinal % count + count) % count }

    /// How many of so many samples belong to the part.
    public func share(of samples: Int) -> Int { max(0, (samples - number + count) / count) }

    /// The part that the sample at this place of its data set belongs to.
    public static func owner(of ordinal: Int, count: Int) -> Int { ordinal % max(1, count) + 1 }
}

extension Shard: CustomStringConvertible {
    /// The part as people write it: `2/4`.
    public var description: String { "\(number)/\(count)" }
}
