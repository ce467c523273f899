import JSON
import Testing

@testable import Tau

@Suite("Airline world")
struct AirlineWorldTests {
    private var booking: JSONObject {
        [
            "user_id": "ada_1", "origin": "SFO", "destination": "JFK", "flight_type": "one_way", "cabin": "economy",
            "flights": [["flight_number": "HAT001", "date": "2024-05-16", "extra": 1]],
            "passengers": [["first_name": "Ada", "last_name": "Byron", "dob": "1985-12-10"]],
            "payment_methods": [["payment_id": "gift_card_1", "amount": "130"]],
            "total_baggages": 0, "nonfree_baggages": 0, "insurance": "yes",
        ]
    }

    private func user(_ world: any TauWorld) -> JSONValue? { world.state.agent.dump["users"]?["ada_1"] }

    @Test func bookingTakesSeatsMoneyAndTheFirstFreeIdentifier() throws {
        var world = try SmallDomains.airline().makeWorld()
        let outcome = world.call("book_reservation", arguments: booking, requestor: .assistant)
        #expect(!outcome.isError, "\(outcome.content)")
        let reservation = try JSONValue.parse(outcome.content)
        #expect(reservation["reservation_id"] == "HATHAT")
        #expect(reservation["payment_history"] == [["payment_id": "gift_card_1", "amount": 130]])
        #expect(
            reservation["flights"]?[0]?.objectValue?.keys == [
                "flight_number", "origin", "destination", "date", "price",
            ])
        #expect(user(world)?["payment_methods"]?["gift_card_1"]?["amount"] == 170.0)
        #expect(user(world)?["reservations"] == ["R1", "HATHAT"])
        let seats = world.state.agent.dump["flights"]?["HAT001"]?["dates"]?["2024-05-16"]?["available_seats"]
        #expect(seats == ["business": 2, "economy": 1, "basic_economy": 0])
    }

    @Test func aCertificateIsUsedUpWholeAndCannotPayTwice() throws {
        var world = try SmallDomains.airline().makeWorld()
        var arguments = booking
        arguments["payment_methods"] = [
            ["payment_id": "gift_card_1", "amount": 30], ["payment_id": "certificate_1", "amount": 50],
            ["payment_id": "certificate_1", "amount": 50],
        ]
        let outcome = world.call("book_reservation", arguments: arguments, requestor: .assistant)
        #expect(outcome.content == "Error: 'certificate_1'")
        // What came before the failure stays.
        #expect(user(world)?["payment_methods"]?.objectValue?.keys == ["gift_card_1", "credit_card_1"])
        #expect(user(world)?["payment_methods"]?["gift_card_1"]?["amount"] == 270.0)
        #expect(user(world)?["reservations"] == ["R1"])
    }

    @Test(
        "bookings fail with the official texts",
        arguments: [
            ("user_id", "bob", "User bob not found"),
            ("nonfree_baggages", 1, "Payment amount does not add up, total price is 180, but paid 130"),
            ("nonfree_baggages", 0.0, "Payment amount does not add up, total price is 130.0, but paid 0"),
            ("nonfree_baggages", "2", "unsupported operand type(s) for +=: 'int' and 'str'"),
            ("flights", ["HAT001"], "'str' object has no attribute 'flight_number'"),
            ("flights", [["flight_number": "HAT009", "date": "x"]], "Flight HAT009 not found"),
            ("flights", [["flight_number": "HAT001", "date": "x"]], "Flight HAT001 not found on date x"),
            (
                "flights", [["flight_number": "HAT001", "date": "2024-05-17"]],
                "Flight HAT001 not available on date 2024-05-17"
            ),
            ("cabin", "basic_economy", "Not enough seats on flight HAT001"),
            ("payment_methods", [["payment_id": "x", "amount": 1]], "Payment method x not found"),
            (
                "payment_methods", [["payment_id": "certificate_1", "amount": 151]],
                "Not enough balance in payment method certificate_1"
            ),
            ("passengers", .null, "'NoneType' object is not iterable"),
        ] as [(String, JSONValue, String)])
    func failingBookings(parameter: String, value: JSONValue, text: String) throws {
        var world = try SmallDomains.airline().makeWorld()
        var arguments = booking
        arguments[parameter] = value
        if text.hasSuffix("paid 0") { arguments["payment_methods"] = [] }
        #expect(world.call("book_reservation", arguments: arguments, requestor: .assistant).content == "Error: \(text)")
    }

    @Test func aFourthBookingIsRefused() throws {
        var world = try SmallDomains.airline().makeWorld()
        var arguments = booking
        arguments["flights"] = []
        arguments["payment_methods"] = [["payment_id": "credit_card_1", "amount": 30]]
        for id in ["HATHAT", "HATHAU", "HATHAV"] {
            let outcome = world.call("book_reservation", arguments: arguments, requestor: .assistant)
            #expect(outcome.content.contains(id))
        }
        let outcome = world.call("book_reservation", arguments: arguments, requestor: .assistant)
        #expect(outcome.content == "Error: Too many reservations")
    }

    @Test func cancellingAgainTakesEverythingBackAgain() throws {
        var world = try SmallDomains.airline().makeWorld()
        for count in [2, 4] {
            let outcome = world.call("cancel_reservation", arguments: ["reservation_id": "R1"], requestor: .assistant)
            let history = try JSONValue.parse(outcome.content)["payment_history"]?.arrayValue
            #expect(history?.count == count)
            #expect(history?[1]["amount"] == -90)
        }
    }

    @Test func aKeptFlightKeepsItsPriceAndAnotherCabinDoesNot() throws {
        var world = try SmallDomains.airline().makeWorld()
        var arguments: JSONObject = [
            "reservation_id": "R1", "cabin": "economy", "payment_id": "credit_card_1",
            "flights": [["flight_number": "HAT001", "date": "2024-05-16"]],
        ]
        let kept = world.call("update_reservation_flights", arguments: arguments, requestor: .assistant)
        #expect(try JSONValue.parse(kept.content)["payment_history"]?.arrayValue?.count == 1)
        arguments["cabin"] = "business"
        let changed = try JSONValue.parse(
            world.call("update_reservation_flights", arguments: arguments, requestor: .assistant).content)
        #expect(changed["cabin"] == "business")
        #expect(changed["payment_history"]?[1] == ["payment_id": "credit_card_1", "amount": 310])
        arguments["cabin"] = "suite"
        let unknown = world.call("update_reservation_flights", arguments: arguments, requestor: .assistant)
        #expect(unknown.content == "Error: 'suite'")
    }

    @Test func aCardIsDebitedBeforeABrokenPaymentFails() throws {
        var world = try SmallDomains.airline().makeWorld()
        let outcome = world.call(
            "update_reservation_baggages",
            arguments: [
                "reservation_id": "R1", "total_baggages": 2, "nonfree_baggages": 0.25, "payment_id": "gift_card_1",
            ], requestor: .assistant)
        #expect(outcome.content.hasPrefix("Error: 1 validation error for Payment\namount\n"))
        #expect(user(world)?["payment_methods"]?["gift_card_1"]?["amount"] == 287.5)
        #expect(world.state.agent.dump["reservations"]?["R1"]?["nonfree_baggages"] == 0)
    }

    @Test func connectionsAfterMidnightAreSoughtOnTheNextDay() throws {
        var world = try SmallDomains.airline().makeWorld()
        let outcome = world.call(
            "search_onestop_flight", arguments: ["origin": "SFO", "destination": "BOS", "date": "2024-05-16"],
            requestor: .assistant)
        let pairs = try JSONValue.parse(outcome.content).arrayValue ?? []
        #expect(pairs.count == 1)
        #expect(pairs.first?[0]?["flight_number"] == "HAT001")
        #expect(pairs.first?[1]?["date"] == "2024-05-16")
    }

    @Test func amountsOfCertificatesAreSpokenAsGiven() throws {
        var world = try SmallDomains.airline().makeWorld()
        for (number, amount, text) in [(3_221_322, JSONValue.bool(true), "True"), (3_221_323, "7", "7")] {
            let outcome = world.call(
                "send_certificate", arguments: ["user_id": "ada_1", "amount": amount], requestor: .assistant)
            #expect(
                outcome.content == "Certificate certificate_\(number) added to user ada_1 with amount \(text).")
        }
        #expect(user(world)?["payment_methods"]?["certificate_3221323"]?["amount"] == 7.0)
    }
}
