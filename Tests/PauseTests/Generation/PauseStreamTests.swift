import Testing

@testable import Pause

@Suite("Random streams")
struct PauseStreamTests {
    // Worked out by an implementation of SplitMix64 and xoshiro256** in another language.
    @Test(
        "A stage's stream is xoshiro256** seeded from the SHA-256 of seed and stage",
        arguments: [
            (
                46, "window",
                [0x1cc0_96ae_68fa_e1a2, 0xc54f_a091_33a4_c1e7, 0xcf81_3292_a00b_aeff, 0xc164_23b2_276a_360c]
            ),
            (-3, "tasks", [0xe319_d7b7_7e01_8be7, 0xe6f0_6d7a_2ba9_09b9, 0x7028_1f82_0759_10e1]),
        ] as [(Int, String, [UInt64])])
    func reference(_ seed: Int, _ stage: String, _ expected: [UInt64]) {
        var stream = PauseStream(seed: seed, stage: stage)
        #expect(expected.indices.map { _ in stream.next() } == expected)
    }

    @Test("Draws stay within their bounds and reach them")
    func bounds() {
        var stream = PauseStream(seed: 1, stage: "bounds")
        var seen: Set<Int> = []
        for _ in 0..<2000 {
            let value = stream.integer(in: -3...3)
            #expect((-3...3).contains(value))
            seen.insert(value)
            #expect((0..<1).contains(stream.unit()))
            #expect((2...2.5).contains(stream.number(in: 2...2.5)))
        }
        #expect(seen.count == 7)
        #expect(stream.integer(in: 5...5) == 5)
        #expect(stream.pick([Int]()) == nil)
        #expect(stream.sample(3, of: [1, 2]).sorted() == [1, 2])
    }

    @Test("Weights and normal draws come out as often as they should")
    func distributions() {
        var stream = PauseStream(seed: 2, stage: "distributions")
        var counts = [0, 0, 0]
        for _ in 0..<6000 { counts[stream.position(weights: [0.3, 0.4, 0.3])] += 1 }
        #expect(abs(counts[0] - 1800) < 150 && abs(counts[1] - 2400) < 150)
        let normal = Margins((0..<6000).map { _ in stream.normal(mean: 10, deviation: 2) })
        #expect(abs(normal.mean - 10) < 0.1)
        #expect(abs(normal.deviation - 2) < 0.1)
    }
}
