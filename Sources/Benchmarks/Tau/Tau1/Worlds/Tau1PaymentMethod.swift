import JSON

/// A way to pay of an order's or a reservation's user.
struct Tau1PaymentMethod {
    let user: FoundRecord
    let id: String
    let record: JSONValue
    private let balanceKey: String

    /// Finds the way to pay; one that the user does not have is an error.
    init(
        _ id: JSONValue, ofUser userID: JSONValue, in world: Tau1World
    ) throws(PythonException) {
        user = try world.record(userID, in: "users")
        guard let key = try id.pythonDictionaryKey(), let record = user["payment_methods"][key] else {
            throw .value("payment method not found")
        }
        (self.id, self.record) = (key, record)
        balanceKey = world.name.balanceKey
    }

    var source: JSONValue { record["source"] ?? .null }

    var isGiftCard: Bool { source == "gift_card" }

    /// Whether a gift card holds less than a price.
    func lacks(_ price: JSONValue) throws(PythonException) -> Bool {
        guard isGiftCard else { return false }
        return try record.pythonItem(.string(balanceKey)).isPythonLess(than: price)
    }
}

extension Tau1World {
    /// Takes a price off a gift card, or gives it a negative one back; any other way to pay stays as it is.
    mutating func debit(_ price: JSONValue, from method: Tau1PaymentMethod) throws(PythonException) {
        guard method.isGiftCard else { return }
        try add(.pythonDifference(0, price), to: method.id, ofUser: method.user)
    }

    /// Adds an amount to what one of a user's ways to pay holds; only the shop rounds the sum to cents.
    mutating func add(
        _ amount: JSONValue, to method: String, ofUser user: FoundRecord
    ) throws(PythonException) {
        let name = name
        try database.update(user.key, in: "users") { record throws(PythonException) in
            let key = name.balanceKey
            let held = try (record["payment_methods"] ?? .null).pythonItem(.string(method)).pythonItem(.string(key))
            let sum = try JSONValue.pythonSum(held, amount, symbol: "+=")
            record["payment_methods"]?[method]?[key] = name == .retail ? sum.pythonRoundedToCents() : sum
        }
    }
}

extension Tau1DomainName {
    /// The key under which a way to pay says how much it holds.
    fileprivate var balanceKey: String {
        switch self {
        case .retail: "balance"
        case .airline: "amount"
        }
    }
}
