import JSON

extension Tau1AirlineTools {
    static func bookReservation(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let user = try world.find(arguments["user_id"], in: "users", orElse: "user not found")
        let id = try newReservationID(in: world)
        let passengers = arguments["passengers"]
        var total: JSONValue = 0
        let flights = try eachElement(of: arguments["flights"]) { flight throws(PythonException) in
            let offer = try self.offer(flight, arguments["cabin"], passengers: passengers, in: world)
            total = try .pythonSum(total, .pythonProduct(passengers.pythonLength(), offer.price), symbol: "+=")
            return offer.applied(to: flight)
        }
        if arguments["insurance"] == "yes" {
            total = try .pythonSum(total, JSONValue(30 * passengers.pythonLength()), symbol: "+=")
        }
        total = try .pythonSum(total, .pythonProduct(50, arguments["nonfree_baggages"]), symbol: "+=")
        let payments = try arguments["payment_methods"].pythonIteration()
        try check(payments, of: user, against: total)
        for payment in payments { try settle(payment, of: user, in: &world) }
        let reservation = reservation(id, arguments, flights: flights)
        try world.database.insert(reservation, under: id, in: "reservations")
        try world.database.update(user.key, in: "users") { $0["reservations"]?.append(.string(id)) }
        return .model(reservation)
    }

    /// The first free identifier; the third is given again when it is taken, which overwrites that reservation.
    private static func newReservationID(in world: Tau1World) throws(PythonException) -> String {
        for id in ["HATHAT", "HATHAU"] where try world.database.record(id, in: "reservations") == nil { return id }
        return "HATHAV"
    }

    private static func reservation(_ id: String, _ arguments: ToolArguments, flights: JSONValue) -> JSONValue {
        var reservation: JSONObject = ["reservation_id": .string(id)]
        for name in ["user_id", "origin", "destination", "flight_type", "cabin"] { reservation[name] = arguments[name] }
        reservation["flights"] = flights
        reservation["passengers"] = arguments["passengers"]
        reservation["payment_history"] = arguments["payment_methods"]
        reservation["created_at"] = "2024-05-15T15:00:00"
        for name in ["total_baggages", "nonfree_baggages", "insurance"] { reservation[name] = arguments[name] }
        return .object(reservation)
    }

    /// Checks every payment alone, and that together they are the price.
    private static func check(
        _ payments: [JSONValue], of user: FoundRecord, against total: JSONValue
    ) throws(PythonException) {
        var amounts: [JSONValue] = []
        for payment in payments {
            let id = try payment.pythonItem("payment_id")
            let amount = try payment.pythonItem("amount")
            guard try user["payment_methods"].pythonHasKey(id) else {
                throw .value("payment method \(id.pythonText) not found")
            }
            let method = try user["payment_methods"].pythonItem(id)
            if method["source"] == "gift_card" || method["source"] == "certificate",
                try method.pythonItem("amount").isPythonLess(than: amount)
            {
                throw .value("not enough balance in payment method \(id.pythonText)")
            }
            amounts.append(amount)
        }
        let paid = try JSONValue.pythonTotal(amounts)
        guard paid.pythonEquals(total) else {
            throw .value(
                "payment amount does not add up, total price is \(total.pythonText), but paid \(paid.pythonText)")
        }
    }

    /// Takes a payment: off a gift card, or a certificate as a whole, which cannot pay twice.
    private static func settle(
        _ payment: JSONValue, of user: FoundRecord, in world: inout Tau1World
    ) throws(PythonException) {
        let id = try payment.pythonItem("payment_id")
        let method = try world.record(.string(user.key), in: "users")["payment_methods"].pythonItem(id)
        let key = id.stringValue ?? ""
        if method["source"] == "gift_card" {
            let amount = try JSONValue.pythonDifference(0, payment.pythonItem("amount"))
            try world.add(amount, to: key, ofUser: user)
        } else if method["source"] == "certificate" {
            try world.database.update(user.key, in: "users") {
                $0["payment_methods"]?[key] = Optional<JSONValue>.none
            }
        }
    }
}
