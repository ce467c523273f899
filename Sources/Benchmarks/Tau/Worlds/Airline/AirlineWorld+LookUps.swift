import JSON

extension AirlineWorld {
    func requireUser(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "users", orElse: "User \(id.pythonText) not found")
    }

    func requireReservation(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "reservations", orElse: "Reservation \(id.pythonText) not found")
    }

    func requireFlight(_ number: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(number, in: "flights", orElse: "Flight \(number.pythonText) not found")
    }

    /// What is known of a flight on a date.
    func requireFlight(_ number: JSONValue, on date: JSONValue) throws(PythonException) -> JSONValue {
        let flight = try requireFlight(number)
        guard let key = try date.pythonDictionaryKey(), let status = flight["dates"][key] else {
            throw .value("Flight \(number.pythonText) not found on date \(date.pythonText)")
        }
        return status
    }

    static func getReservationDetails(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(try world.requireReservation(arguments["reservation_id"]).record)
    }

    static func getUserDetails(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(try world.requireUser(arguments["user_id"]).record)
    }

    static func getFlightStatus(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let status = try world.requireFlight(arguments["flight_number"], on: arguments["date"])
        return .string(status["status"]?.stringValue ?? "")
    }

    static func listAllAirports(
        _ world: inout AirlineWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .models(airports.map { ["iata": .string($0.code), "city": .string($0.city)] })
    }

    static let airports: [(code: String, city: String)] = [
        ("SFO", "San Francisco"), ("JFK", "New York"), ("LAX", "Los Angeles"), ("ORD", "Chicago"),
        ("DFW", "Dallas"), ("DEN", "Denver"), ("SEA", "Seattle"), ("ATL", "Atlanta"), ("MIA", "Miami"),
        ("BOS", "Boston"), ("PHX", "Phoenix"), ("IAH", "Houston"), ("LAS", "Las Vegas"), ("MCO", "Orlando"),
        ("EWR", "Newark"), ("CLT", "Charlotte"), ("MSP", "Minneapolis"), ("DTW", "Detroit"),
        ("PHL", "Philadelphia"), ("LGA", "LaGuardia"),
    ]
}
