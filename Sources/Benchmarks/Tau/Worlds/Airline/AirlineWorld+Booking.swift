import JSON

extension AirlineWorld {
    static func bookReservation(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let flights = try GivenModels(arguments["flights"], AirlineModels.flightInfo)
        let passengers = try GivenModels(arguments["passengers"], AirlineModels.passenger)
        let payments = try GivenModels(arguments["payment_methods"], AirlineModels.payment)
        let user = try world.requireUser(arguments["user_id"])
        let id = try world.newReservationID()
        var reservation = try makeReservation(
            id, arguments, passengers: passengers.value, payments: payments.value)
        let seats = try passengers.value.pythonLength()
        var booked: [JSONValue] = []
        var total = PythonNumber(0)
        for flight in try flights.elements(withAttribute: "flight_number") {
            let new = try world.newFlight(flight, cabin: arguments["cabin"], passengers: seats)
            booked.append(new.flight)
            total = try total + new.price * PythonNumber(seats)
        }
        reservation["flights"] = .array(booked)
        total = try total + extras(arguments, seats: seats)
        let paid = try payments.elements(withAttribute: "payment_id").map { BookingPayment($0) }
        try world.check(paid, of: user, against: total)
        try world.settle(paid, of: user)
        for flight in booked { try world.takeSeats(seats, on: flight, cabin: arguments["cabin"]) }
        try world.state.agent.insert(reservation, under: id, in: "reservations")
        try world.state.agent.update(user.key, in: "users") { $0["reservations"]?.append(.string(id)) }
        return .model(reservation)
    }

    private func newReservationID() throws(PythonException) -> String {
        for id in ["HATHAT", "HATHAU", "HATHAV"] where try state.agent.record(id, in: "reservations") == nil {
            return id
        }
        throw .value("Too many reservations")
    }

    private static func makeReservation(
        _ id: String, _ arguments: ToolArguments, passengers: JSONValue, payments: JSONValue
    ) throws(PythonException) -> JSONValue {
        var fields: JSONObject = [
            "reservation_id": .string(id), "flights": [], "passengers": passengers, "payment_history": payments,
            "created_at": "2024-05-15T15:00:00",
        ]
        let given = [
            "user_id", "origin", "destination", "flight_type", "cabin", "total_baggages", "nonfree_baggages",
            "insurance",
        ]
        for name in given { fields[name] = arguments[name] }
        return try AirlineModels.reservation.make(fields)
    }

    /// A flight as a reservation holds it, if it can be booked for so many passengers, and its price for each.
    func newFlight(
        _ flight: JSONValue, cabin: JSONValue, passengers: Int
    ) throws(PythonException) -> (flight: JSONValue, price: PythonNumber) {
        let (number, date) = (flight["flight_number"] ?? .null, flight["date"] ?? .null)
        let record = try requireFlight(number)
        let status = try requireFlight(number, on: date)
        guard status["status"] == "available" else {
            throw .value("Flight \(number.pythonText) not available on date \(date.pythonText)")
        }
        let seats = try Self.value(for: cabin, in: status["available_seats"])
        guard !PythonNumber.isLess(seats, PythonNumber(passengers)) else {
            throw .value("Not enough seats on flight \(number.pythonText)")
        }
        let price = try Self.value(for: cabin, in: status["prices"])
        let entry: JSONValue = [
            "flight_number": number, "origin": record["origin"], "destination": record["destination"],
            "date": date, "price": price.jsonValue,
        ]
        return (entry, price)
    }

    private static func value(for cabin: JSONValue, in values: JSONValue?) throws(PythonException) -> PythonNumber {
        guard let key = try cabin.pythonDictionaryKey(), let value = values?[key].flatMap({ PythonNumber($0) }) else {
            throw PythonException(.keyError, cabin.pythonRepresentation)
        }
        return value
    }

    /// What insurance and bags cost.
    ///
    /// The number of bags is used as it was given, not as the model has read it.
    private static func extras(_ arguments: ToolArguments, seats: Int) throws(PythonException) -> PythonNumber {
        let insurance = PythonNumber(arguments["insurance"] == "yes" ? 30 * seats : 0)
        let bags = arguments["nonfree_baggages"]
        guard let count = PythonNumber(bags) else {
            // Fifty times a text is a long text.
            throw .unsupportedOperands("+=", "int", bags.pythonTypeName)
        }
        return try insurance + PythonNumber(50) * count
    }

    private func check(
        _ payments: [BookingPayment], of user: FoundRecord, against total: PythonNumber
    ) throws(PythonException) {
        var sum = PythonNumber(0)
        for payment in payments {
            guard let method = try paymentMethod(payment.id, ofUser: user.key) else {
                throw .value("Payment method \(payment.id.pythonText) not found")
            }
            if method.lacks(payment.amount) {
                throw .value("Not enough balance in payment method \(payment.id.pythonText)")
            }
            sum = try sum + payment.amount
        }
        guard PythonNumber.equal(sum, total) else {
            throw .value("Payment amount does not add up, total price is \(total), but paid \(sum)")
        }
    }

    /// Takes the payments from cards; a certificate is used up whole, so that it cannot pay twice.
    private mutating func settle(_ payments: [BookingPayment], of user: FoundRecord) throws(PythonException) {
        for payment in payments {
            guard let method = try paymentMethod(payment.id, ofUser: user.key) else {
                throw PythonException(.keyError, payment.id.pythonRepresentation)
            }
            if method.source == "gift_card" {
                try debit(payment.amount, from: method, ofUser: user.key)
            } else if method.source == "certificate" {
                try state.agent.update(user.key, in: "users") {
                    $0["payment_methods"]?[method.key] = Optional<JSONValue>.none
                }
            }
        }
    }

    private mutating func takeSeats(
        _ count: Int, on flight: JSONValue, cabin: JSONValue
    ) throws(PythonException) {
        guard let number = flight["flight_number"]?.stringValue, let date = flight["date"]?.stringValue,
            let cabin = cabin.stringValue
        else { return }
        try state.agent.update(number, in: "flights") { record throws(PythonException) in
            let seats = record["dates"]?[date]?["available_seats"]?[cabin].flatMap { PythonNumber($0) }
            let left = try (seats ?? PythonNumber(0)) - PythonNumber(count)
            record["dates"]?[date]?["available_seats"]?[cabin] = left.jsonValue
        }
    }
}

/// A payment that is offered for a booking.
private struct BookingPayment {
    var id: JSONValue
    var amount: PythonNumber

    init(_ payment: JSONValue) {
        id = payment["payment_id"] ?? .null
        amount = payment["amount"].flatMap { PythonNumber($0) } ?? PythonNumber(0)
    }
}
