import JSON

/// The models of the airline domain.
enum AirlineModels {
    static let cabins = ["business", "economy", "basic_economy"]

    private static let perCabin = FieldType.dictionary(keys: .literal(cabins), values: .integer)

    static let name = ModelSchema(
        "Name",
        [
            .field("first_name", .string),
            .field("last_name", .string),
        ])

    static let address = ModelSchema(
        "Address",
        [
            .field("address1", .string),
            .optional("address2", .string),
            .field("city", .string),
            .field("country", .string),
            .field("state", .string),
            .field("zip", .string),
        ])

    static let payment = ModelSchema(
        "Payment",
        [
            .field("payment_id", .string),
            .field("amount", .integer),
        ])

    static let passenger = ModelSchema(
        "Passenger",
        [
            .field("first_name", .string),
            .field("last_name", .string),
            .field("dob", .string),
        ])

    static let flightInfo = ModelSchema(
        "FlightInfo",
        [
            .field("flight_number", .string),
            .field("date", .string),
        ])

    static let flight = ModelSchema(
        "Flight",
        [
            .field("flight_number", .string),
            .field("origin", .string),
            .field("destination", .string),
            .field("scheduled_departure_time_est", .string),
            .field("scheduled_arrival_time_est", .string),
            .field("dates", .dictionary(.union(dateStatuses.map { .model($0) }))),
        ])

    private static let dateStatuses = [
        ModelSchema(
            "FlightDateStatusAvailable",
            [
                .field("status", .literal(["available"])),
                .field("available_seats", perCabin),
                .field("prices", perCabin),
            ]),
        dateStatus("FlightDateStatusLanded", "landed", ["actual_departure_time_est", "actual_arrival_time_est"]),
        dateStatus("FlightDateStatusCancelled", "cancelled", []),
        dateStatus(
            "FlightDateStatusDelayed", "delayed", ["estimated_departure_time_est", "estimated_arrival_time_est"]),
        dateStatus("FlightDataStatusFlying", "flying", ["actual_departure_time_est", "estimated_arrival_time_est"]),
        dateStatus(
            "FlightDataStatusOnTime", "on time", ["estimated_departure_time_est", "estimated_arrival_time_est"]),
    ]

    private static func dateStatus(_ name: String, _ status: String, _ times: [String]) -> ModelSchema {
        ModelSchema(name, [.field("status", .literal([status]))] + times.map { .field($0, .string) })
    }

    static let certificate = ModelSchema(
        "Certificate",
        [
            .field("source", .literal(["certificate"])),
            .field("id", .string),
            .field("amount", .float),
        ])

    private static let paymentMethods = [
        ModelSchema(
            "CreditCard",
            [
                .field("source", .literal(["credit_card"])),
                .field("id", .string),
                .field("brand", .string),
                .field("last_four", .string),
            ]),
        ModelSchema(
            "GiftCard",
            [
                .field("source", .literal(["gift_card"])),
                .field("id", .string),
                .field("amount", .float),
            ]),
        certificate,
    ]

    static let user = ModelSchema(
        "User",
        [
            .field("user_id", .string),
            .field("name", .model(name)),
            .field("address", .model(address)),
            .field("email", .string),
            .field("dob", .string),
            .field("payment_methods", .dictionary(.union(paymentMethods.map { .model($0) }))),
            .field("saved_passengers", .list(.model(passenger))),
            .field("membership", .literal(["gold", "silver", "regular"])),
            .field("reservations", .list(.string)),
        ])

    static let reservationFlight = ModelSchema(
        "ReservationFlight",
        [
            .field("flight_number", .string),
            .field("origin", .string),
            .field("destination", .string),
            .field("date", .string),
            .field("price", .integer),
        ])

    static let reservation = ModelSchema(
        "Reservation",
        [
            .field("reservation_id", .string),
            .field("user_id", .string),
            .field("origin", .string),
            .field("destination", .string),
            .field("flight_type", .literal(["round_trip", "one_way"])),
            .field("cabin", .literal(cabins)),
            .field("flights", .list(.model(reservationFlight))),
            .field("passengers", .list(.model(passenger))),
            .field("payment_history", .list(.model(payment))),
            .field("created_at", .string),
            .field("total_baggages", .integer),
            .field("nonfree_baggages", .integer),
            .field("insurance", .literal(["yes", "no"])),
            .optional("status", .literal(["cancelled"])),
        ])

    static let database = ModelSchema(
        "FlightDB", forbidsExtras: true,
        [
            .field("flights", .dictionary(.model(flight))),
            .field("users", .dictionary(.model(user))),
            .field("reservations", .dictionary(.model(reservation))),
        ])
}
