import JSON
import Testing

@Suite struct JSONRoundTripTests {
    static let styles: [JSONStyle] = [
        .compact, .pretty, JSONStyle(itemSeparator: " , ", keySeparator: " : ", asciiOnly: true, indent: 0),
    ]

    @Test(arguments: 0..<60 as Range<UInt64>)
    func writingAndReadingAgainLosesNothing(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = generator.value(depth: 4)
        for style in Self.styles {
            let again = try JSONValue.parse(value.text(style))
            #expect(again.isIdentical(to: value), "seed \(seed)")
            #expect(again == value && again.hashValue == value.hashValue, "seed \(seed)")
        }
        let canonical = try JSONValue.parse(value.text(.canonical))
        #expect(canonical == value && canonical.hashValue == value.hashValue, "seed \(seed)")
        #expect(canonical.text() == value.text(.canonical), "seed \(seed)")
        #expect(value.pythonEquals(canonical) && value.differences(to: canonical).isEmpty, "seed \(seed)")
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func damagedTextIsRefusedOrMeansSomethingStable(seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ 1000)
        let original = generator.value(depth: 4).bytes()
        guard !original.isEmpty else { return }
        for _ in 0..<30 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            }
            bytes.removeLast(Int.random(in: 0..<min(3, bytes.count), using: &generator))
            do {
                let value = try JSONValue.parse(bytes: bytes)
                #expect(try JSONValue.parse(value.text()).isIdentical(to: value), "seed \(seed)")
            } catch {
                #expect((0...bytes.count).contains(error.offset) && error.line > 0 && error.column > 0, "seed \(seed)")
            }
        }
    }
}
