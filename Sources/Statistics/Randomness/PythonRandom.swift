/// The generator behind Python's `random`, giving the same numbers for the same seed.
///
/// The official benchmarks derive trial seeds and shuffles from it, so a faithful run has to draw what Python draws. It is MT19937
/// of Matsumoto and Nishimura (1998), seeded by `init_by_array` as CPython does.
///
/// ```swift
/// var random = PythonRandom(seed: 300)
/// random.randint(0, 1_000_000)  // 626729
/// ```
public struct PythonRandom: RandomNumberGenerator, Sendable {
    private var state: [UInt32]
    private var place: Int

    private static let size = 624
    private static let middle = 397

    /// Does what `random.seed(seed)` does for an integer: the sign is ignored.
    public init(seed: Int) {
        let magnitude = UInt64(seed.magnitude)
        let high = UInt32(truncatingIfNeeded: magnitude >> 32)
        let low = UInt32(truncatingIfNeeded: magnitude)
        self.init(key: high == 0 ? [low] : [low, high])
    }

    /// Seeds by an array of words, least significant first, as CPython does for integers of any size.
    init(key: [UInt32]) {
        state = PythonRandom.state(of: 19_650_218)
        place = PythonRandom.size
        let size = PythonRandom.size
        var (target, source) = (1, 0)
        func advance(_ state: inout [UInt32]) {
            target += 1
            if target >= size {
                state[0] = state[size - 1]
                target = 1
            }
        }
        for _ in 0..<max(size, key.count) {
            let mixed = (state[target - 1] ^ (state[target - 1] >> 30)) &* 1_664_525
            state[target] = (state[target] ^ mixed) &+ key[source] &+ UInt32(truncatingIfNeeded: source)
            advance(&state)
            source = (source + 1) % key.count
        }
        for _ in 0..<(size - 1) {
            let mixed = (state[target - 1] ^ (state[target - 1] >> 30)) &* 1_566_083_941
            state[target] = (state[target] ^ mixed) &- UInt32(truncatingIfNeeded: target)
            advance(&state)
        }
        state[0] = 0x8000_0000
    }

    private static func state(of seed: UInt32) -> [UInt32] {
        var state = [seed]
        state.reserveCapacity(size)
        for place in 1..<size {
            let last = state[place - 1]
            state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(truncatingIfNeeded: place))
        }
        return state
    }

    /// The next 32 bits of the Mersenne Twister.
    mutating func nextWord() -> UInt32 {
        if place >= PythonRandom.size { twist() }
        var word = state[place]
        place += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9D2C_5680
        word ^= (word << 15) & 0xEFC6_0000
        return word ^ (word >> 18)
    }

    private mutating func twist() {
        let (size, middle) = (PythonRandom.size, PythonRandom.middle)
        for place in 0..<size {
            let joined = (state[place] & 0x8000_0000) | (state[(place + 1) % size] & 0x7FFF_FFFF)
            let odd: UInt32 = joined & 1 == 0 ? 0 : 0x9908_B0DF
            state[place] = state[(place + middle) % size] ^ (joined >> 1) ^ odd
        }
        place = 0
    }

    /// The next 64 bits: `getrandbits(64)`.
    public mutating func next() -> UInt64 { getrandbits(64) }
}
