import JSON

/// The 14 tools of the airline environment.
///
/// Their checks come in the official order, and what they had changed before a check failed stays changed. Seats are never
/// taken, refunds never reach a card, and a change of flights leaves the cabin as it was: scores depend on all of it.
enum Tau1AirlineTools {
    static let toolkit = Toolkit(
        className: "",
        functions: [
            .tool(
                "book_reservation", .write,
                [
                    "user_id", "origin", "destination", "flight_type", "cabin", "flights", "passengers",
                    "payment_methods", "total_baggages", "nonfree_baggages", "insurance",
                ], bookReservation),
            .tau1Calculate,
            .tool("cancel_reservation", .write, ["reservation_id"], cancelReservation),
            .tool("get_reservation_details", .read, ["reservation_id"], getReservationDetails),
            .tau1UserDetails,
            .tool("list_all_airports", .read, [], listAllAirports),
            .tool("search_direct_flight", .read, ["origin", "destination", "date"], searchDirectFlight),
            .tool("search_onestop_flight", .read, ["origin", "destination", "date"], searchOneStopFlight),
            .tool("send_certificate", .write, ["user_id", "amount"], sendCertificate),
            .tau1Think,
            .transferToHumanAgents,
            .tool(
                "update_reservation_baggages", .write,
                ["reservation_id", "total_baggages", "nonfree_baggages", "payment_id"], updateBaggages),
            .tool(
                "update_reservation_flights", .write, ["reservation_id", "cabin", "flights", "payment_id"],
                updateFlights),
            .tool("update_reservation_passengers", .write, ["reservation_id", "passengers"], updatePassengers),
        ] as [ToolFunction<Tau1World>])
}
