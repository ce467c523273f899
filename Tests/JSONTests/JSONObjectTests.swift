import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test(arguments: [3, 16, 17, 18, 500])
    func keepsOrderAndFindsEveryKeyAtAnySize(count: Int) {
        var object = JSONObject()
        for number in 0..<count { object["key\(number)"] = .int(Int64(number)) }
        #expect(object.keys == (0..<count).map { "key\($0)" })
        #expect(object.values == (0..<count).map { .int(Int64($0)) })
        for number in 0..<count { #expect(object["key\(number)"] == .int(Int64(number))) }
        #expect(object["key\(count)"] == nil)
        object["key1"] = "changed"
        #expect(object[1].value == "changed")
        #expect(object.count == count)
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func behavesLikeAListOfPairsUnderRandomChanges(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var object = JSONObject()
        var model: [(key: String, value: Int)] = []
        for step in 0..<400 {
            let key = "k\(Int.random(in: 0..<40, using: &generator))"
            let place = model.firstIndex { $0.key == key }
            if Int.random(in: 0..<3, using: &generator) == 0 {
                #expect(object.removeValue(forKey: key)?.intValue == place.map { model[$0].value }, "seed \(seed)")
                if let place { model.remove(at: place) }
            } else {
                object[key] = JSONValue(step)
                if let place { model[place].value = step } else { model.append((key, step)) }
            }
            #expect(object.map(\.key) == model.map(\.key), "seed \(seed)")
            #expect(object.map(\.value.intValue) == model.map(\.value), "seed \(seed)")
            #expect(object[key]?.intValue == model.first { $0.key == key }?.value, "seed \(seed)")
        }
    }

    @Test(arguments: [0, 40])
    func tellsCanonicallyEquivalentKeysApart(others: Int) {
        var object = JSONObject(entries: (0..<others).map { ("key\($0)", .null) })
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == others + 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test func equalityIgnoresOrderAndIdentityDoesNot() {
        let one: JSONObject = ["a": 1, "b": ["c": 1, "d": 2]]
        let two: JSONObject = ["b": ["d": 2, "c": 1], "a": 1]
        #expect(one == two && one.hashValue == two.hashValue)
        #expect(!one.isIdentical(to: two) && one.isIdentical(to: one))
        #expect(one != ["a": 1] && one != ["a": 1, "c": ["c": 1, "d": 2]])
        #expect(!JSONValue.object(one).isIdentical(to: .object(two)))
        #expect(JSONValue.array([.object(one)]).isIdentical(to: [.object(one)]))
    }

    @Test func mergesFlatlyOrDeeply() {
        let base: JSONObject = ["a": ["x": 1, "y": [1]], "b": 1, "c": ["d": 1]]
        let other: JSONObject = ["a": ["y": [2], "z": 3], "b": ["n": 1], "c": nil]
        var flat = base
        flat.merge(other)
        #expect(flat.description == #"{"a":{"y":[2],"z":3},"b":{"n":1},"c":null}"#)
        #expect(base.merging(other).isIdentical(to: flat))
        var deep = base
        deep.deepMerge(other)
        #expect(deep.description == #"{"a":{"x":1,"y":[2],"z":3},"b":{"n":1},"c":null}"#)
    }

    @Test func changesOfACopyLeaveTheOriginal() {
        let original: JSONValue = ["users": ["ann": ["age": 1]], "list": [1]]
        var copy = original
        copy["users"]?["ann"]?["age"] = 2
        copy["users"]?["bob"] = [:]
        #expect(original.text() == #"{"users":{"ann":{"age":1}},"list":[1]}"#)
        #expect(copy.text() == #"{"users":{"ann":{"age":2},"bob":{}},"list":[1]}"#)
    }
}
