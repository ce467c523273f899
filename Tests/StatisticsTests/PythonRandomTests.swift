import Statistics
import Testing

@Suite struct PythonRandomTests {
    @Test func drawsTheTrialSeedThatTheOfficialRunsUse() {
        var random = PythonRandom(seed: 300)
        #expect(random.randint(0, 1_000_000) == 626_729)
    }

    @Test func isTheMersenneTwister() {
        // The first outputs of `random.seed(42)` and of a seed beyond 32 bits, from CPython.
        var random = PythonRandom(seed: 42)
        #expect(random.random() == 0.6394267984578837)
        #expect(random.random() == 0.025010755222666936)
        var large = PythonRandom(seed: 1 << 40)
        var negative = PythonRandom(seed: -42)
        #expect(negative.random() == 0.6394267984578837)
        #expect(large.random() != 0.6394267984578837)
    }

    @Test func drawsNothingForNoChoice() {
        var random = PythonRandom(seed: 1)
        var untouched = PythonRandom(seed: 1)
        #expect(random.choice([Int]()) == nil)
        #expect(random.choices([Int](), count: 3).isEmpty)
        #expect(random.getrandbits(0) == 0)
        #expect(random.sample([1, 2, 3], count: 0).isEmpty)
        #expect(random.next() == untouched.next())
    }

    @Test(
        .enabled(if: Python.isPresent, Comment(rawValue: Python.reason)),
        arguments: [0, 1, 2, 42, 300, 1234, 626_729, -7, 4_294_967_295, 4_294_967_296, 9_223_372_036_854_775_807])
    func drawsWhatPythonDraws(seed: Int) throws {
        let script = """
            import random
            r = random.Random(\(seed))
            out = []
            out += [r.getrandbits(k) for k in (1, 7, 31, 32, 33, 48, 63, 64)]
            out += [r.randint(0, 1000000) for _ in range(700)]
            out += [r.randint(-5, 5), r.randint(7, 7), r.randrange(10**12), r.randint(-2**63, 2**63 - 1)]
            out += [r.random().hex() for _ in range(5)] + [r.uniform(-2, 3).hex()]
            x = list(range(50)); r.shuffle(x); out += x
            for n, k in ((10, 3), (10, 10), (1000, 3), (1000, 30), (85, 6), (86, 6), (2000, 100), (21, 5), (22, 5)):
                out += r.sample(range(n), k)
            out += [r.choice(range(17)) for _ in range(20)] + r.choices(range(13), k=20)
            print(' '.join(map(str, out)))
            """
        let expected = try #require(Python.output(of: script)).split(whereSeparator: \.isWhitespace).map(String.init)
        var random = PythonRandom(seed: seed)
        var found = [1, 7, 31, 32, 33, 48, 63, 64].map { String(random.getrandbits($0)) }
        for _ in 0..<700 { found.append(String(random.randint(0, 1_000_000))) }
        found += [random.randint(-5, 5), random.randint(7, 7), random.randrange(1_000_000_000_000)].map { String($0) }
        found.append(String(random.randint(.min, .max)))
        var doubles = (0..<5).map { _ in random.random() }
        doubles.append(random.uniform(-2, 3))
        let doublePlaces = found.count..<(found.count + doubles.count)
        found += doubles.map { "\($0)" }
        var shuffled = Array(0..<50)
        random.shuffle(&shuffled)
        found += shuffled.map { String($0) }
        for (n, k) in [
            (10, 3), (10, 10), (1000, 3), (1000, 30), (85, 6), (86, 6), (2000, 100), (21, 5), (22, 5),
        ] {
            found += random.sample(Array(0..<n), count: k).map { String($0) }
        }
        for _ in 0..<20 { found.append(random.choice(0..<17).map { String($0) } ?? "none") }
        found += random.choices(Array(0..<13), count: 20).map { String($0) }
        try #require(found.count == expected.count)
        for place in found.indices {
            if doublePlaces.contains(place) {
                #expect(Double(expected[place]) == Double(found[place]), "seed \(seed), draw \(place)")
            } else {
                #expect(found[place] == expected[place], "seed \(seed), draw \(place)")
            }
        }
    }
}

@Suite struct SplitMix64Tests {
    @Test func givesThePublishedStream() {
        var generator = SplitMix64(seed: 42)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                13_679_457_532_755_275_413, 2_949_826_092_126_892_291, 5_139_283_748_462_763_858,
            ])
        var units = SplitMix64(seed: 42)
        #expect(units.unit() == 0.7415648787718233)
        var integers = SplitMix64(seed: 42)
        #expect((0..<3).map { _ in integers.below(10) } == [7, 1, 2])
    }
}
