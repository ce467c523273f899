import JSON

extension Tau1AirlineTools {
    static func cancelReservation(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let reservation = try reservation(arguments, in: world)
        var refunds: [JSONValue] = []
        // Every entry is taken back, earlier refunds included.
        for payment in try reservation["payment_history"].pythonIteration() {
            let amount = try payment.pythonItem("amount")
            guard let number = PythonNumber(amount) else {
                throw .type("bad operand type for unary -: '\(amount.pythonTypeName)'")
            }
            refunds.append(["payment_id": try payment.pythonItem("payment_id"), "amount": (-number).jsonValue])
        }
        return try world.change(reservation, in: "reservations") { record throws(PythonException) in
            try extend(&record, by: refunds, method: "extend")
            record["status"] = "cancelled"
        }
    }

    static func sendCertificate(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let user = try world.find(arguments["user_id"], in: "users", orElse: "user not found")
        let identifiers = ["certificate_3221322", "certificate_3221323", "certificate_3221324"]
        // A fourth certificate is not refused: the tool returns nothing, which ends the official run.
        guard let id = identifiers.first(where: { user["payment_methods"][$0] == nil }) else { return .none }
        let amount = arguments["amount"]
        try world.change(user, in: "users") {
            $0["payment_methods"]?[id] = ["source": "certificate", "amount": amount, "id": .string(id)]
        }
        return .string("Certificate \(id) added to user \(user.key) with amount \(amount.pythonText).")
    }

    static func updateBaggages(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let reservation = try reservation(arguments, in: world)
        let bags = arguments["nonfree_baggages"]
        let added = try JSONValue.pythonDifference(bags, reservation["nonfree_baggages"])
        let price = try JSONValue.pythonProduct(50, JSONValue(0).isPythonLess(than: added) ? added : 0)
        let method = try paymentMethod(arguments, of: reservation, price: price, in: world)
        try world.change(reservation, in: "reservations") { record in
            record["total_baggages"] = arguments["total_baggages"]
            record["nonfree_baggages"] = bags
        }
        try world.debit(price, from: method)
        return try note(price, arguments, in: reservation, &world)
    }

    static func updateFlights(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let reservation = try reservation(arguments, in: world)
        let passengers = reservation["passengers"]
        var total: JSONValue = 0
        let flights = try eachElement(of: arguments["flights"]) { flight throws(PythonException) in
            let kept = try keptOffer(flight, cabin: arguments["cabin"], of: reservation)
            let offer: Tau1FlightOffer
            if let kept {
                offer = kept
            } else {
                offer = try self.offer(flight, arguments["cabin"], passengers: passengers, in: world)
            }
            total = try .pythonSum(total, .pythonProduct(passengers.pythonLength(), offer.price), symbol: "+=")
            return offer.applied(to: flight)
        }
        var paid: [JSONValue] = []
        for flight in try reservation["flights"].pythonIteration() { paid.append(try flight.pythonItem("price")) }
        let paidPerPassenger = try JSONValue.pythonTotal(paid)
        total = try .pythonDifference(
            total, .pythonProduct(passengers.pythonLength(), paidPerPassenger), symbol: "-=")
        let method = try paymentMethod(arguments, of: reservation, price: total, in: world)
        try world.debit(total, from: method)
        // The cabin stays what it was: an official mistake that scores depend on.
        try world.change(reservation, in: "reservations") { $0["flights"] = flights }
        return try note(total, arguments, in: reservation, &world)
    }

    static func updatePassengers(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let reservation = try reservation(arguments, in: world)
        let passengers = arguments["passengers"]
        guard try passengers.pythonLength() == reservation["passengers"].pythonLength() else {
            throw .value("number of passengers does not match")
        }
        return try world.change(reservation, in: "reservations") { $0["passengers"] = passengers }
    }
}

extension Tau1AirlineTools {
    private static func reservation(
        _ arguments: ToolArguments, in world: Tau1World
    ) throws(PythonException) -> FoundRecord {
        try world.find(arguments["reservation_id"], in: "reservations", orElse: "reservation not found")
    }

    /// The price and places of a flight that the reservation already has, when the cabin does not change either.
    private static func keptOffer(
        _ flight: JSONValue, cabin: JSONValue, of reservation: FoundRecord
    ) throws(PythonException) -> Tau1FlightOffer? {
        for known in try reservation["flights"].pythonIteration() {
            guard try known.pythonItem("flight_number").pythonEquals(flight.pythonItem("flight_number")),
                try known.pythonItem("date").pythonEquals(flight.pythonItem("date")),
                cabin.pythonEquals(reservation["cabin"])
            else { continue }
            return Tau1FlightOffer(
                price: try known.pythonItem("price"), origin: try known.pythonItem("origin"),
                destination: try known.pythonItem("destination"))
        }
        return nil
    }

    /// How a change of a reservation is paid: not with a certificate, and not with too small a gift card.
    private static func paymentMethod(
        _ arguments: ToolArguments, of reservation: FoundRecord, price: JSONValue, in world: Tau1World
    ) throws(PythonException) -> Tau1PaymentMethod {
        let method = try Tau1PaymentMethod(arguments["payment_id"], ofUser: reservation["user_id"], in: world)
        if method.source == "certificate" { throw .value("certificate cannot be used to update reservation") }
        guard try !method.lacks(price) else { throw .value("gift card balance is not enough") }
        return method
    }

    /// Notes a price in the reservation's history, unless it is zero, and answers with the reservation.
    private static func note(
        _ price: JSONValue, _ arguments: ToolArguments, in reservation: FoundRecord, _ world: inout Tau1World
    ) throws(PythonException) -> PythonResult {
        try world.change(reservation, in: "reservations") { record throws(PythonException) in
            guard price.pythonTruth else { return }
            try extend(
                &record, by: [["payment_id": arguments["payment_id"], "amount": price]], method: "append")
        }
    }

    /// Adds to the history, which is a list unless a booking was paid with something else that was empty.
    private static func extend(
        _ reservation: inout JSONValue, by entries: [JSONValue], method: String
    ) throws(PythonException) {
        let history = reservation["payment_history"] ?? .null
        guard case .array = history else { throw .attribute(method, ofType: history.pythonTypeName) }
        for entry in entries { reservation["payment_history"]?.append(entry) }
    }
}
