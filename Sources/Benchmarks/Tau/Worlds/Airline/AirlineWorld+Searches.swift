import JSON

extension AirlineWorld {
    static func searchDirectFlight(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .models(
            try world.directFlights(
                from: arguments["origin"], to: arguments["destination"], on: arguments["date"]))
    }

    static func searchOneStopFlight(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let date = arguments["date"]
        var pairs: [PythonResult] = []
        for var first in try world.directFlights(from: arguments["origin"], to: .null, on: date) {
            first["date"] = date
            let arrival = first["scheduled_arrival_time_est"]?.stringValue ?? ""
            let secondDate = arrival.contains("+1") ? try dayAfter(date) : date
            let connections = try world.directFlights(
                from: first["destination"] ?? .null, to: arguments["destination"], on: secondDate,
                leavingAfter: arrival)
            for var second in connections {
                second["date"] = secondDate
                pairs.append(.models([first, second]))
            }
        }
        return .list(pairs)
    }

    /// The flights that can be booked on a date, with null for any origin or destination.
    ///
    /// Times are compared as text, the `+1` of the next day included.
    private func directFlights(
        from origin: JSONValue, to destination: JSONValue, on date: JSONValue, leavingAfter time: String? = nil
    ) throws(PythonException) -> [JSONValue] {
        var found: [JSONValue] = []
        for (_, flight) in try state.agent.records(in: "flights") {
            let departure = flight["scheduled_departure_time_est"] ?? .null
            guard origin.isNull || (flight["origin"] ?? .null).pythonEquals(origin),
                destination.isNull || (flight["destination"] ?? .null).pythonEquals(destination),
                let day = try date.pythonDictionaryKey(), let status = flight["dates"]?[day],
                status["status"] == "available",
                time.map({ !precedes(departure.stringValue ?? "", $0) }) ?? true
            else { continue }
            found.append([
                "flight_number": flight["flight_number"] ?? .null,
                "origin": flight["origin"] ?? .null,
                "destination": flight["destination"] ?? .null,
                "status": "available",
                "scheduled_departure_time_est": departure,
                "scheduled_arrival_time_est": flight["scheduled_arrival_time_est"] ?? .null,
                "date": .null,
                "available_seats": status["available_seats"] ?? .null,
                "prices": status["prices"] ?? .null,
            ])
        }
        return found
    }

    /// The official next day: the day's number plus one after a fixed month, neither padded nor carried over.
    private static func dayAfter(_ date: JSONValue) throws(PythonException) -> JSONValue {
        let digits = String((date.stringValue ?? "").unicodeScalars.suffix(2))
        guard let day = Int(digits) else {
            throw .value("invalid literal for int() with base 10: \(JSONValue.string(digits).pythonRepresentation)")
        }
        return .string("2024-05-\(day + 1)")
    }
}
