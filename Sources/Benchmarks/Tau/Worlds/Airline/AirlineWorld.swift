import JSON

/// The airline domain: an agent that books, changes and cancels reservations on the afternoon of 15 May 2024.
struct AirlineWorld: TauWorld {
    static let domain = "airline"
    static let agentToolkit = Toolkit(className: "AirlineTools", functions: functions)
    static let userToolkit: Toolkit<AirlineWorld>? = nil

    private static let functions: [ToolFunction<AirlineWorld>] = [
        .tool(
            "book_reservation", .write,
            [
                "user_id", "origin", "destination", "flight_type", "cabin", "flights", "passengers",
                "payment_methods", "total_baggages", "nonfree_baggages", "insurance",
            ], bookReservation),
        .calculate,
        .tool("cancel_reservation", .write, ["reservation_id"], cancelReservation),
        .tool("get_reservation_details", .read, ["reservation_id"], getReservationDetails),
        .tool("get_user_details", .read, ["user_id"], getUserDetails),
        .tool("list_all_airports", .read, [], listAllAirports),
        .tool("search_direct_flight", .read, ["origin", "destination", "date"], searchDirectFlight),
        .tool("search_onestop_flight", .read, ["origin", "destination", "date"], searchOneStopFlight),
        .tool("send_certificate", .write, ["user_id", "amount"], sendCertificate),
        .transferToHumanAgents,
        .tool(
            "update_reservation_baggages", .write,
            ["reservation_id", "total_baggages", "nonfree_baggages", "payment_id"], updateBaggages),
        .tool(
            "update_reservation_flights", .write, ["reservation_id", "cabin", "flights", "payment_id"],
            updateFlights),
        .tool("update_reservation_passengers", .write, ["reservation_id", "passengers"], updatePassengers),
        .tool("get_flight_status", .read, ["flight_number", "date"], getFlightStatus),
    ]

    var state: WorldState
}
