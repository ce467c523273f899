import Glibc

// The names and the order of drawing are Python's, so that a call here can be compared with the call there.
extension PythonRandom {
    /// An integer of `count` random bits, for at most 64 bits; zero bits give zero without drawing.
    public mutating func getrandbits(_ count: Int) -> UInt64 {
        guard count > 0 else { return 0 }
        if count <= 32 { return UInt64(nextWord() >> UInt32(32 - count)) }
        let low = UInt64(nextWord())
        let high = UInt64(nextWord() >> UInt32(64 - min(count, 64)))
        return high << 32 | low
    }

    /// A number of [0, 1) with 53 random bits.
    public mutating func random() -> Double {
        let high = Double(nextWord() >> 5)
        let low = Double(nextWord() >> 6)
        return (high * 67_108_864 + low) / 9_007_199_254_740_992
    }

    /// A number between `low` and `high`.
    public mutating func uniform(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * random()
    }

    /// An integer from `low` to `high`, both included; `high` must not be less than `low`.
    public mutating func randint(_ low: Int, _ high: Int) -> Int {
        low &+ Int(truncatingIfNeeded: below(UInt64(truncatingIfNeeded: high &- low) &+ 1))
    }

    /// An integer from zero to `bound` - 1: Python's `randrange(bound)`; `bound` has to be positive.
    public mutating func randrange(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: below(UInt64(bound)))
    }

    /// One of the elements, or nil without any.
    public mutating func choice<Elements: RandomAccessCollection>(_ elements: Elements) -> Elements.Element? {
        guard !elements.isEmpty else { return nil }
        return elements[elements.index(elements.startIndex, offsetBy: randrange(elements.count))]
    }

    /// `count` elements drawn with replacement and equal weights; none when there are none to draw from.
    public mutating func choices<Element>(_ elements: [Element], count: Int) -> [Element] {
        guard !elements.isEmpty else { return [] }
        return (0..<count).map { _ in elements[Int(random() * Double(elements.count))] }
    }

    /// Puts the elements into a random order, in place.
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for place in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(place, randrange(place + 1))
        }
    }

    /// `count` elements drawn without replacement, in the order of drawing; `count` must not be more than there are.
    public mutating func sample<Element>(_ elements: [Element], count: Int) -> [Element] {
        precondition((0...elements.count).contains(count), "a sample cannot be larger than what it is drawn from")
        var drawn: [Element] = []
        drawn.reserveCapacity(count)
        if elements.count <= PythonRandom.largestPool(for: count) {
            var pool = elements
            for taken in 0..<count {
                let place = randrange(elements.count - taken)
                drawn.append(pool[place])
                pool[place] = pool[elements.count - taken - 1]
            }
        } else {
            var taken: Set<Int> = []
            for _ in 0..<count {
                var place = randrange(elements.count)
                while !taken.insert(place).inserted { place = randrange(elements.count) }
                drawn.append(elements[place])
            }
        }
        return drawn
    }

    /// Up to which population Python keeps a pool instead of a set of drawn places.
    private static func largestPool(for count: Int) -> Int {
        guard count > 5 else { return 21 }
        return 21 + Int(pow(4, (log(Double(count) * 3) / log(4)).rounded(.up)))
    }

    /// An integer below `bound`, by drawing as many bits as `bound` has until they make one; zero means 2^64.
    private mutating func below(_ bound: UInt64) -> UInt64 {
        guard bound > 0 else {
            // 2^64 has 65 bits, the last of which is drawn as a third word.
            while true {
                let value = getrandbits(64)
                if getrandbits(1) == 0 { return value }
            }
        }
        let bits = 64 - bound.leadingZeroBitCount
        while true {
            let value = getrandbits(bits)
            if value < bound { return value }
        }
    }
}
