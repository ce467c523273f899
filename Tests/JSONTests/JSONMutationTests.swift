import Testing

@testable import JSON

/// Changes deep inside a large value must not copy it, or worlds of thousands of records would take milliseconds a change.
@Suite struct JSONMutationTests {
    private static func large() -> JSONValue {
        var users = JSONObject()
        for number in 0..<100 { users["user\(number)"] = ["age": .int(Int64(number)), "orders": [[:], ["id": 1]]] }
        return ["users": .object(users)]
    }

    /// Where the storage of the users is, which a copy would change.
    private static func storage(of value: JSONValue) -> UnsafeRawPointer? {
        value["users"]?.objectValue?.entries.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
    }

    @Test func subscriptsChangeInPlace() {
        var value = Self.large()
        let before = Self.storage(of: value)
        value["users"]?["user7"]?["age"] = 70
        value["users"]?["user8"]?["name"] = "Ann"
        #expect(Self.storage(of: value) == before)
        #expect(value.at("users.user7.age") == 70 && value.at("users.user8.name") == "Ann")
    }

    @Test func pointersChangeInPlace() throws {
        var value = Self.large()
        let before = Self.storage(of: value)
        let done = value.set(9, at: try #require(JSONPointer("/users/user7/orders/1/id")))
        #expect(done && value.at("users.user7.orders[1].id") == 9)
        #expect(Self.storage(of: value) == before)
    }

    @Test func mergingChangesInPlace() {
        guard case .object(var object) = Self.large() else { return }
        let before = Self.storage(of: .object(object))
        object.deepMerge(["users": ["user7": ["age": 70]]])
        #expect(Self.storage(of: .object(object)) == before)
        #expect(JSONValue.object(object).at("users.user7.age") == 70)
    }

    @Test func aCopyIsNotChangedWithTheOriginal() {
        var value = Self.large()
        let copy = value
        value["users"]?["user7"]?["age"] = 70
        #expect(copy.at("users.user7.age") == 7)
        #expect(Self.storage(of: value) != Self.storage(of: copy))
    }
}
