import JSON

extension AirlineWorld {
    static func cancelReservation(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let reservation = try world.requireReservation(arguments["reservation_id"])
        var history = reservation["payment_history"].arrayValue ?? []
        // Every entry is taken back, earlier refunds included; seats and cards stay as they are.
        for payment in history {
            guard let amount = payment["amount"].flatMap({ PythonNumber($0) }) else { continue }
            history.append(["payment_id": payment["payment_id"] ?? .null, "amount": (-amount).jsonValue])
        }
        return try world.change(reservation, ["payment_history": .array(history), "status": "cancelled"])
    }

    static func sendCertificate(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let user = try world.requireUser(arguments["user_id"])
        let identifiers = ["certificate_3221322", "certificate_3221323", "certificate_3221324"]
        guard let id = identifiers.first(where: { user["payment_methods"][$0] == nil }) else {
            throw .value("Too many certificates")
        }
        let amount = arguments["amount"]
        let certificate = try AirlineModels.certificate.make([
            "source": "certificate", "id": .string(id), "amount": amount,
        ])
        try world.state.agent.update(user.key, in: "users") { $0["payment_methods"]?[id] = certificate }
        return .string("Certificate \(id) added to user \(user.key) with amount \(amount.pythonText).")
    }

    static func updateBaggages(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let reservation = try world.requireReservation(arguments["reservation_id"])
        let user = try world.requireUser(reservation["user_id"])
        let (new, old) = (arguments["nonfree_baggages"], reservation["nonfree_baggages"])
        guard let newCount = PythonNumber(new), let oldCount = PythonNumber(old) else {
            throw .unsupportedOperands("-", new.pythonTypeName, old.pythonTypeName)
        }
        let added = try newCount - oldCount
        let paid = PythonNumber.isLess(PythonNumber(0), added) ? added : PythonNumber(0)
        try world.pay(try PythonNumber(50) * paid, with: arguments["payment_id"], for: reservation, of: user)
        return try world.change(
            reservation, ["total_baggages": arguments["total_baggages"], "nonfree_baggages": new])
    }

    static func updatePassengers(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let passengers = try GivenModels(arguments["passengers"], AirlineModels.passenger).value
        let reservation = try world.requireReservation(arguments["reservation_id"])
        guard try passengers.pythonLength() == reservation["passengers"].pythonLength() else {
            throw .value("Number of passengers does not match")
        }
        return try world.change(reservation, ["passengers": passengers])
    }

    static func updateFlights(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let flights = try GivenModels(arguments["flights"], AirlineModels.flightInfo)
        let reservation = try world.requireReservation(arguments["reservation_id"])
        let user = try world.requireUser(reservation["user_id"])
        let passengerCount = try reservation["passengers"].pythonLength()
        var total = PythonNumber(0)
        var newFlights: [JSONValue] = []
        for flight in try flights.elements(withAttribute: "flight_number") {
            let cabin = arguments["cabin"]
            if let kept = keptFlight(flight, cabin: cabin, of: reservation) {
                newFlights.append(kept)
            } else {
                newFlights.append(try world.newFlight(flight, cabin: cabin, passengers: passengerCount).flight)
            }
        }
        for flight in newFlights { total = try total + price(of: flight) * PythonNumber(passengerCount) }
        var paid = PythonNumber(0)
        for flight in reservation["flights"].arrayValue ?? [] { paid = try paid + price(of: flight) }
        total = try total - paid * PythonNumber(passengerCount)
        try world.pay(total, with: arguments["payment_id"], for: reservation, of: user)
        return try world.change(reservation, ["flights": .array(newFlights), "cabin": arguments["cabin"]])
    }

    /// The flight as the reservation already has it, when neither the flight nor the cabin changes.
    private static func keptFlight(_ flight: JSONValue, cabin: JSONValue, of reservation: FoundRecord) -> JSONValue? {
        guard cabin.pythonEquals(reservation["cabin"]) else { return nil }
        return reservation["flights"].arrayValue?.first {
            $0["flight_number"] == flight["flight_number"] && $0["date"] == flight["date"]
        }
    }

    private static func price(of flight: JSONValue) -> PythonNumber {
        flight["price"].flatMap { PythonNumber($0) } ?? PythonNumber(0)
    }

    /// Sets fields of a reservation without validating and answers with the result.
    private mutating func change(
        _ reservation: FoundRecord, _ fields: JSONObject
    ) throws(PythonException) -> PythonResult {
        .model(
            try state.agent.update(reservation.key, in: "reservations") { record in
                for (name, value) in fields { record[name] = value }
                return record
            })
    }
}
