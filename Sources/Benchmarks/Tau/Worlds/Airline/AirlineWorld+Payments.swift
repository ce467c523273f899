import JSON

extension AirlineWorld {
    /// A user's way to pay.
    struct PaymentMethod {
        var key: String
        var source: JSONValue
        /// What a gift card or certificate holds.
        var amount: PythonNumber

        /// Whether a gift card or certificate holds less than `price`.
        func lacks(_ price: PythonNumber) -> Bool {
            (source == "gift_card" || source == "certificate") && PythonNumber.isLess(amount, price)
        }
    }

    /// A way to pay of a user as the user is now, or nil when there is none under that identifier.
    func paymentMethod(_ id: JSONValue, ofUser userKey: String) throws(PythonException) -> PaymentMethod? {
        let user = try state.agent.record(userKey, in: "users")
        guard let key = try id.pythonDictionaryKey(), let method = user?["payment_methods"]?[key] else { return nil }
        return PaymentMethod(
            key: key, source: method["source"] ?? .null,
            amount: method["amount"].flatMap { PythonNumber($0) } ?? PythonNumber(0))
    }

    /// Takes a price off a gift card.
    mutating func debit(
        _ price: PythonNumber, from method: PaymentMethod, ofUser userKey: String
    ) throws(PythonException) {
        let rest = try (method.amount - price).jsonValue
        try state.agent.update(userKey, in: "users") {
            $0["payment_methods"]?[method.key]?["amount"] = rest
        }
    }

    /// Pays for the change of a reservation, or takes back what it saves, and notes it in the reservation's history.
    ///
    /// A card is debited before the payment is made, which can still fail for a price that is no whole number.
    mutating func pay(
        _ price: PythonNumber, with id: JSONValue, for reservation: FoundRecord, of user: FoundRecord
    ) throws(PythonException) {
        guard let method = try paymentMethod(id, ofUser: user.key) else {
            throw .value("Payment method not found")
        }
        if method.source == "certificate" { throw .value("Certificate cannot be used to update reservation") }
        if method.lacks(price) { throw .value("Gift card balance is not enough") }
        if method.source == "gift_card" { try debit(price, from: method, ofUser: user.key) }
        guard !price.isZero else { return }
        let payment = try AirlineModels.payment.make(["payment_id": id, "amount": price.jsonValue])
        try state.agent.update(reservation.key, in: "reservations") { $0["payment_history"]?.append(payment) }
    }
}
