import JSON

/// A flight that can be booked: what it costs each passenger, and where it goes.
struct Tau1FlightOffer {
    var price: JSONValue
    var origin: JSONValue
    var destination: JSONValue

    /// The flight as the caller gave it, with what the offer says; other keys stay.
    func applied(to flight: JSONValue) -> JSONValue {
        var flight = flight
        flight["price"] = price
        flight["origin"] = origin
        flight["destination"] = destination
        return flight
    }
}

extension Tau1AirlineTools {
    /// What a flight costs in a cabin, if so many passengers can have it.
    static func offer(
        _ flight: JSONValue, _ cabin: JSONValue, passengers: JSONValue, in world: Tau1World
    ) throws(PythonException) -> Tau1FlightOffer {
        let number = try flight.pythonItem("flight_number")
        let record = try world.find(number, in: "flights", orElse: "flight \(number.pythonText) not found")
        let date = try flight.pythonItem("date")
        guard try record["dates"].pythonHasKey(date) else {
            throw .value("flight \(number.pythonText) not found on date \(date.pythonText)")
        }
        let status = try record["dates"].pythonItem(date)
        guard status["status"] == "available" else {
            throw .value("flight \(number.pythonText) not available on date \(date.pythonText)")
        }
        let seats = try status.pythonItem("available_seats").pythonItem(cabin)
        guard try !seats.isPythonLess(than: JSONValue(passengers.pythonLength())) else {
            throw .value("not enough seats on flight \(number.pythonText)")
        }
        return Tau1FlightOffer(
            price: try status.pythonItem("prices").pythonItem(cabin), origin: record["origin"],
            destination: record["destination"])
    }

    /// What a loop over a copy of an argument makes of it: a list of changed elements.
    ///
    /// Anything but a list has no elements that can be changed; without elements it stays what it is.
    static func eachElement(
        of given: JSONValue, _ body: (JSONValue) throws(PythonException) -> JSONValue
    ) throws(PythonException) -> JSONValue {
        var changed: [JSONValue] = []
        for element in try given.pythonIteration() { changed.append(try body(element)) }
        return changed.isEmpty ? given : .array(changed)
    }
}
