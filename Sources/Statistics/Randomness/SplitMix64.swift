/// The SplitMix64 generator of Steele, Lea and Flood (2014): small, fast, good enough for resampling, and not for secrets.
///
/// The stream depends on nothing but the seed: seed 42 begins with 13679457532755275413.
public struct SplitMix64: RandomNumberGenerator, Sendable, Hashable {
    private var state: UInt64

    /// Starts the stream of a seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The next number of [0, 1), a multiple of 2^-53.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// The next integer from zero to `bound` - 1: the product of the next unit number with `bound`, rounded down.
    ///
    /// Its bias is below 2^-53 times `bound`, nothing against the error of resampling.
    public mutating func below(_ bound: Int) -> Int {
        Int(unit() * Double(bound))
    }
}
