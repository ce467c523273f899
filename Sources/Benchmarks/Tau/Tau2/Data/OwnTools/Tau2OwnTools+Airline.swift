extension Tau2OwnTools {
    private static let user = OwnParameter.text("user_id", "The user, as `sara_doe_496`.")
    private static let reservation = OwnParameter.text("reservation_id", "The reservation, as `8JX2WO`.")
    private static let origin = OwnParameter.text("origin", "The airport of departure, as `SFO`.")
    private static let destination = OwnParameter.text("destination", "The airport of arrival, as `JFK`.")
    private static let date = OwnParameter.text("date", "The day, as `2024-05-01`.")
    private static let cabin = OwnParameter.choice(
        "cabin", "The cabin of all flights.", ["business", "economy", "basic_economy"])
    private static let flights = OwnParameter.objects(
        "flights", "All flights of the reservation, those that stay as they are included.",
        [.text("flight_number", "As `HAT001`."), .text("date", "As `2024-05-01`.")])
    private static let passengers = OwnParameter.objects(
        "passengers", "All passengers.",
        [
            .text("first_name", "First name."), .text("last_name", "Last name."),
            .text("dob", "Date of birth, as `1990-01-31`."),
        ])
    private static let baggages: [OwnParameter] = [
        .whole("total_baggages", "How many bags there are."),
        .whole("nonfree_baggages", "How many of them are paid for."),
    ]
    private static let payment = OwnParameter.text("payment_id", "A payment method of the user's profile.")

    static let airline: [OwnTool] = [
        (
            "book_reservation", "Make a reservation and charge it.",
            [
                user, origin, destination,
                .choice("flight_type", "One way or with a return.", ["round_trip", "one_way"]), cabin, flights,
                passengers,
                .objects(
                    "payment_methods", "Who pays how much.",
                    [.text("payment_id", "The payment method."), .whole("amount", "In dollars.")]),
            ] + baggages + [.choice("insurance", "Whether it is insured.", ["yes", "no"])]
        ),
        calculate,
        ("cancel_reservation", "Cancel a whole reservation.", [reservation]),
        ("get_reservation_details", "Look up a reservation.", [reservation]),
        ("get_user_details", "Look up a user's profile and reservations.", [user]),
        ("list_all_airports", "List all airports with their cities.", []),
        ("search_direct_flight", "Find direct flights of a day.", [origin, destination, date]),
        ("search_onestop_flight", "Find flights of a day with one stop.", [origin, destination, date]),
        (
            "send_certificate", "Give a user a certificate. Take care: it is money.",
            [user, .whole("amount", "Its worth in dollars.")]
        ),
        transfer,
        ("update_reservation_baggages", "Change the bags of a reservation.", [reservation] + baggages + [payment]),
        ("update_reservation_flights", "Change the flights of a reservation.", [reservation, cabin, flights, payment]),
        ("update_reservation_passengers", "Change the passengers of a reservation.", [reservation, passengers]),
        (
            "get_flight_status", "Look up whether a flight is on time.",
            [.text("flight_number", "As `HAT001`."), date]
        ),
    ]
}
