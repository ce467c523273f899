import JSON
import Testing

@testable import Tau

@Suite("Databases")
struct DatabaseTests {
    private static let schema = ModelSchema(
        "ShopDB", forbidsExtras: true,
        [
            .field("shelves", .dictionary(.dictionary(.any))),
            .field("clerks", .dictionary(.dictionary(.any))),
            .field("note", .any, default: "open"),
        ])

    private func database() throws -> Database {
        try Database(
            validating: ["shelves": ["b": ["n": 1], "a": ["n": 2], "c": ["n": 3]], "clerks": [:]], as: Self.schema)
    }

    @Test func theDigestIsThatOfTheSortedPythonTextOfTheDump() throws {
        var database = try database()
        #expect(database.digest() == database.dump.digest(.pythonSorted))
        try database.update("a", in: "shelves") { $0["n"] = "ü" }
        try database.insert(["n": 1.0], under: "aa", in: "shelves")
        try database.insert([:], under: "Z", in: "clerks")
        try database.updateValue(of: "note") { $0 = ["closed": true] }
        #expect(database.digest() == database.dump.digest(.pythonSorted))
    }

    @Test func copiesAreIndependent() throws {
        let original = try database()
        var copy = original
        try copy.update("a", in: "shelves") { $0["n"] = 5 }
        #expect(try original.record("a", in: "shelves") == ["n": 2])
        #expect(try copy.record("a", in: "shelves") == ["n": 5])
        #expect(!copy.isEqual(to: original))
        try copy.update("a", in: "shelves") { $0["n"] = 2 }
        #expect(copy.isEqual(to: original))
    }

    @Test func recordsComeInTheOrderOfLoadingThenOfAddition() throws {
        var database = try database()
        try database.insert(["n": 9], under: "z", in: "shelves")
        try database.insert(["n": 8], under: "d", in: "shelves")
        try database.update("a", in: "shelves") { $0["n"] = 7 }
        try database.insert(["n": 6], under: "b", in: "shelves")
        #expect(try database.records(in: "shelves").map(\.key) == ["b", "a", "c", "z", "d"])
        #expect(try database.records(in: "shelves").map { $0.value["n"] } == [6, 7, 3, 9, 8])
        #expect(try database.count(of: "shelves") == 5)
    }

    @Test func whatAFailingChangeHasDoneStays() throws {
        var database = try database()
        #expect(throws: PythonException.self) {
            try database.update("a", in: "shelves") { record throws(PythonException) in
                record["n"] = 0
                throw .value("no")
            }
        }
        #expect(try database.record("a", in: "shelves") == ["n": 0])
    }

    @Test func aMissingSectionIsAMissingAttribute() throws {
        let database = try database()
        #expect(throws: PythonException(.attributeError, "'ShopDB' object has no attribute 'tills'")) {
            try database.record("a", in: "tills")
        }
    }

    @Test func mergingReplacesListsMergesDictionariesAndValidates() throws {
        let merged = try database().merging(["shelves": ["a": ["m": [1]], "e": [:]], "note": .null])
        #expect(try merged.record("a", in: "shelves") == ["n": 2, "m": [1]])
        #expect(try merged.count(of: "shelves") == 4)
        #expect(try merged.value(of: "note") == .null)
        #expect(throws: PythonException.self) { try database().merging(["tills": [:]]) }
        #expect(throws: PythonException.self) { try database().merging(["shelves": .null]) }
    }

    @Test("Equality agrees with the digests", arguments: 0..<40)
    func equalityAgreesWithDigests(seed: Int) throws {
        let origin = try database()
        var generator = SplitMix(seed: UInt64(seed))
        let (left, right) = (try changed(origin, &generator), try changed(origin, &generator))
        for form in [DigestForm.sortedJSON, .sortedTuples] {
            #expect(left.isEqual(to: right, in: form) == (left.digest(form) == right.digest(form)), "seed \(seed)")
            #expect(left.isEqual(to: left, in: form))
        }
    }

    @Test("What differs is what differs between the dumps", arguments: 0..<40)
    func differencesAreThoseOfTheDumps(seed: Int) throws {
        let origin = try database()
        var generator = SplitMix(seed: UInt64(seed))
        let (left, right) = (try changed(origin, &generator), try changed(origin, &generator))
        let found = left.differences(from: right)
        #expect(Set(found) == Set(right.dump.differences(to: left.dump)), "seed \(seed)")
    }

    private func changed(_ origin: Database, _ generator: inout SplitMix) throws -> Database {
        var database = origin
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            // Few keys and values, so that both sides often meet: 1, 1.0 and true differ in digests but not in Python.
            let key = ["a", "b", "x", "y"].randomElement(using: &generator) ?? "a"
            let value = ([2, 1, 1.0, true] as [JSONValue]).randomElement(using: &generator) ?? 1
            try database.insert(["n": value], under: key, in: "shelves")
        }
        return database
    }

    @Test func tupleTextsAreThoseOfPython() {
        let value: JSONValue = ["b": [1, [:]], "a": "it's", "c": ["k": .null]]
        var bytes: [UInt8] = []
        DigestForm.sortedTuples.write(value, to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"(('a', "it's"), ('b', (1, ())), ('c', (('k', None),)))"#)
    }

    @Test("The original τ-bench's tables have their official digests", .enabled(if: TauReference.hasTau1))
    func originalTauBench() throws {
        let retail = Database(tables: try tables("retail", ["orders", "products", "users"]))
        #expect(
            retail.digest(.sortedTuples) == "5a4b2cb59f4d12dea7e4adff24a7f8fada510ead49372ea4a729a82bbb5f49b5")
        let airline = Database(tables: try tables("airline", ["flights", "reservations", "users"]))
        #expect(
            airline.digest(.sortedTuples) == "4587e6b48ad2b2c4f3e1fecb40aabec7bb2286513273b8f8cec3f5865222f290")
    }

    private func tables(_ domain: String, _ names: [String]) throws -> [(name: String, records: JSONObject)] {
        try names.map { ($0, try TauReference.json("tau1/\(domain)/\($0).json").objectValue ?? [:]) }
    }
}

/// A small seeded generator, so that a failing case can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
