import JSON

extension Tau1AirlineTools {
    static func getReservationDetails(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        // The official text speaks of a user.
        .model(try world.find(arguments["reservation_id"], in: "reservations", orElse: "user not found").record)
    }

    static func listAllAirports(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(.object(JSONObject(entries: AirlineWorld.airports.map { ($0.code, .string($0.city)) })))
    }

    static func searchDirectFlight(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        var found: [JSONValue] = []
        for (_, flight) in try world.database.records(in: "flights") {
            guard (flight["origin"] ?? .null).pythonEquals(arguments["origin"]),
                (flight["destination"] ?? .null).pythonEquals(arguments["destination"]),
                let status = try status(of: flight, on: arguments["date"]), status["status"] == "available"
            else { continue }
            found.append(leg(flight, status))
        }
        return .models(found)
    }

    static func searchOneStopFlight(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let flights = Array(try world.database.records(in: "flights").map(\.value))
        var pairs: [PythonResult] = []
        for first in flights where (first["origin"] ?? .null).pythonEquals(arguments["origin"]) {
            for second in flights
            where (first["destination"] ?? .null).pythonEquals(second["origin"] ?? .null)
                && (second["destination"] ?? .null).pythonEquals(arguments["destination"])
            {
                if let pair = try connection(first, second, on: arguments["date"]) { pairs.append(.models(pair)) }
            }
        }
        return .list(pairs)
    }

    /// Both legs where the second can be reached and both can be booked.
    ///
    /// Times are compared as text, a `+1` included, and the second leg shows the seats and prices of the first date.
    private static func connection(
        _ first: JSONValue, _ second: JSONValue, on date: JSONValue
    ) throws(PythonException) -> [JSONValue]? {
        let arrival = first["scheduled_arrival_time_est"]?.stringValue ?? ""
        let secondDate = arrival.containsText("+1") ? try dayAfter(date) : date
        guard !precedes(second["scheduled_departure_time_est"]?.stringValue ?? "", arrival),
            let firstStatus = try status(of: first, on: date),
            let secondStatus = try status(of: second, on: secondDate),
            firstStatus["status"] == "available", secondStatus["status"] == "available"
        else { return nil }
        var legs = [
            leg(first, firstStatus), leg(second, try (second["dates"] ?? .null).pythonItem(date)),
        ]
        legs[0]["date"] = date
        legs[1]["date"] = secondDate
        return legs
    }

    /// What is known of a flight on a date, or nil when it does not fly.
    private static func status(of flight: JSONValue, on date: JSONValue) throws(PythonException) -> JSONValue? {
        guard let key = try date.pythonDictionaryKey() else { return nil }
        return flight["dates"]?[key]
    }

    /// A flight without its dates, and what is known of one of them.
    private static func leg(_ flight: JSONValue, _ status: JSONValue) -> JSONValue {
        var leg = flight
        leg["dates"] = Optional<JSONValue>.none
        for (name, value) in status.objectValue ?? [:] { leg[name] = value }
        return leg
    }

    /// The official next day: the last two characters as a number plus one after a fixed month, neither padded nor carried.
    private static func dayAfter(_ date: JSONValue) throws(PythonException) -> JSONValue {
        switch date {
        case .string(let text):
            let digits = String(String.UnicodeScalarView(text.unicodeScalars.suffix(2)))
            guard let day = PythonInteger.parse(digits) else {
                throw .value(
                    "invalid literal for int() with base 10: \(JSONValue.string(digits).pythonRepresentation)")
            }
            return .string("2024-05-\(day + 1)")
        case .array:
            throw .type("int() argument must be a string, a bytes-like object or a real number, not 'list'")
        case .object: throw .type("unhashable type: 'slice'")
        default: throw .type("'\(date.pythonTypeName)' object is not subscriptable")
        }
    }
}
