import JSON

/// A way to pay of an order's user.
struct Tau1PaymentMethod {
    let user: FoundRecord
    let id: String
    let record: JSONValue

    /// Finds the way to pay; one that the user does not have is an error.
    init(
        _ id: JSONValue, ofUser userID: JSONValue, in world: Tau1World
    ) throws(PythonException) {
        user = try world.record(userID, in: "users")
        guard let key = try id.pythonDictionaryKey(), let record = user["payment_methods"][key] else {
            throw .value("payment method not found")
        }
        (self.id, self.record) = (key, record)
    }

    var source: JSONValue { record["source"] ?? .null }

    var isGiftCard: Bool { source == "gift_card" }

    /// Whether a gift card holds less than a price, under the key that the environment gives it.
    func lacks(_ price: JSONValue, field: String) throws(PythonException) -> Bool {
        guard isGiftCard else { return false }
        return try record.pythonItem(.string(field)).isPythonLess(than: price)
    }
}
