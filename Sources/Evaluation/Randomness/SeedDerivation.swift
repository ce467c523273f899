import JSON

/// Derives an independent stream of randomness for every purpose from one seed.
///
/// A seed is the first eight bytes (big endian) of the SHA-256 of the parts, each preceded by its length, so that no
/// two different lists of parts meet. Same run seed, same names: the same stream, whatever runs beside it.
public struct SeedDerivation: Sendable, Hashable {
    /// The seed that all streams come from.
    public let root: UInt64

    /// Starts from a seed.
    public init(root: UInt64) { self.root = root }

    /// The seed of one attempt at one sample.
    public static func episode(runSeed: UInt64, id: EpisodeID) -> UInt64 {
        SeedDerivation(root: runSeed).seed(for: id.task, id.sample, String(id.trial))
    }

    /// The seed for a purpose.
    public func seed(for parts: String...) -> UInt64 {
        var bytes = Array("\(root)".utf8)
        for part in parts {
            bytes.append(0)
            bytes.append(contentsOf: "\(part.utf8.count):".utf8)
            bytes.append(contentsOf: part.utf8)
        }
        let hex = sha256Hex(bytes).prefix(16)
        return UInt64(hex, radix: 16) ?? root
    }

    /// A generator for a purpose.
    public func generator(for purpose: String) -> SeededGenerator {
        SeededGenerator(seed: seed(for: purpose))
    }
}

/// A small, fast, seedable generator: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// Not for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts a stream.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
