import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("The original τ-bench's environment")
struct Tau1EnvironmentTests {
    private func environment(
        _ name: Tau1DomainName = .retail, task: Int = 0
    ) throws -> Tau1Environment {
        let domain = try OwnTau1Data().domain(name)
        return Tau1Environment(try domain.task(task, inSplit: "test"), in: domain)
    }

    private func text(
        _ name: String, _ arguments: JSONObject, in environment: inout Tau1Environment
    ) -> String? {
        guard case .observation(let outcome) = environment.step(.init(name: name, arguments: arguments)) else {
            return nil
        }
        return outcome.content
    }

    @Test func anUnknownActionIsSaidAndNothingElseHappens() throws {
        var environment = try environment()
        let before = environment.world
        #expect(text("do_magic", ["data": 1], in: &environment) == "Unknown action do_magic")
        #expect(environment.world.hasSameData(as: before))
        #expect(environment.actions.map(\.name) == ["do_magic"])
        #expect(!environment.isDone)
    }

    @Test func aTerminatingToolEndsTheDialogueEvenWithWrongArguments() throws {
        var environment = try environment()
        #expect(
            text("transfer_to_human_agents", [:], in: &environment)
                == "Error: TransferToHumanAgents.invoke() missing 1 required positional argument: 'summary'")
        #expect(environment.isDone)
    }

    @Test(
        "The stop token counts anywhere in what the user says",
        arguments: [("###STOP###", true), ("Thanks, bye! ###STOP###", true), ("STOP", false), ("", false)])
    func stopToken(reply: String, ends: Bool) throws {
        var environment = try environment()
        #expect(environment.step(.respond("Hello")) == .awaitsUser(content: "Hello"))
        environment.hear(reply)
        #expect(environment.isDone == ends)
    }

    @Test func anAnswerWithoutContentEndsTheOfficialRun() throws {
        var environment = try environment()
        let result = environment.step(.init(name: "respond", arguments: ["text": "Hello"]))
        #expect(result == .aborted(PythonException(.keyError, "'content'")))
    }

    @Test func aFourthCertificateEndsTheOfficialRun() throws {
        var environment = try environment(.airline)
        let arguments: JSONObject = ["user_id": "bob_ray_1", "amount": 10.0]
        for number in 3_221_322...3_221_324 {
            #expect(
                text("send_certificate", arguments, in: &environment)
                    == "Certificate certificate_\(number) added to user bob_ray_1 with amount 10.0.")
        }
        guard case .aborted(let exception) = environment.step(.init(name: "send_certificate", arguments: arguments))
        else {
            Issue.record("the fourth certificate was taken")
            return
        }
        #expect(exception.kind == .validationError)
        #expect(exception.message.hasPrefix("1 validation error for EnvResponse\nobservation\n"))
    }

    @Test(
        "Arguments that do not fit are CPython's errors",
        arguments: [
            (["order_id": "#W1"], "CancelPendingOrder.invoke() missing 1 required positional argument: 'reason'"),
            ([:], "CancelPendingOrder.invoke() missing 2 required positional arguments: 'order_id' and 'reason'"),
            (["self": 1], "CancelPendingOrder.invoke() got an unexpected keyword argument 'self'"),
            (["order_id": [], "reason": ""], "unhashable type: 'list'"),
            (["order_id": .null, "reason": ""], "order not found"),
            (
                ["data": 1],
                "tau_bench.envs.retail.tools.cancel_pending_order.CancelPendingOrder.invoke() got multiple values for "
                    + "keyword argument 'data'"
            ),
        ] as [(JSONObject, String)])
    func arguments(arguments: JSONObject, message: String) throws {
        var environment = try environment()
        #expect(text("cancel_pending_order", arguments, in: &environment) == "Error: \(message)")
    }

    @Test func balancesBecomeFloatsOnlyWhenSomethingIsAdded() throws {
        var environment = try environment()
        let cancel: JSONObject = ["order_id": "#W1", "reason": "ordered by mistake"]
        #expect(text("get_user_details", ["user_id": "ann_lee_1"], in: &environment)?.contains("60,") == true)
        #expect(text("cancel_pending_order", cancel, in: &environment)?.hasPrefix("{\"order_id\": \"#W1\"") == true)
        #expect(text("get_user_details", ["user_id": "ann_lee_1"], in: &environment)?.contains("2101.0,") == true)
        #expect(
            text("cancel_pending_order", cancel, in: &environment) == "Error: non-pending order cannot be cancelled")
    }

    @Test func modifyingRewritesTheFirstFittingItemOneAfterTheOther() throws {
        var environment = try environment()
        let arguments: JSONObject = [
            "order_id": "#W1", "item_ids": ["1", "1"], "new_item_ids": ["2", "1"], "payment_method_id": "paypal_1",
        ]
        let order = try JSONValue.parse(#require(text("modify_pending_order_items", arguments, in: &environment)))
        #expect(order["items"]?.arrayValue?.map { $0["item_id"] } == ["2", "1"])
        #expect(order["payment_history"]?[1]?["amount"]?.text() == "10.099999999999909")
        #expect(order["status"] == "pending (item modified)")
    }

    @Test func theSecondLegShowsTheSecondDateButTheSeatsOfTheFirst() throws {
        var environment = try environment(.airline)
        // An arrival after midnight compares by its text, which sorts before the morning's departure.
        let found = try JSONValue.parse(
            #require(
                text(
                    "search_onestop_flight", ["origin": "JFK", "destination": "SEA", "date": "2024-05-09"],
                    in: &environment)))
        #expect(found.arrayValue?.count == 1)
        #expect(found[0]?[1]?["date"] == "2024-05-10")
        #expect(
            text(
                "search_onestop_flight", ["origin": "JFK", "destination": "SEA", "date": "soon"], in: &environment)
                == "Error: invalid literal for int() with base 10: 'on'")
    }

    @Test func aChangeOfFlightsLeavesTheCabin() throws {
        var environment = try environment(.airline)
        let arguments: JSONObject = [
            "reservation_id": "R00001", "cabin": "basic_economy",
            "flights": [["flight_number": "HAT001", "date": "2024-05-10", "seat": "1A"]],
            "payment_id": "gift_card_2",
        ]
        let changed = try JSONValue.parse(#require(text("update_reservation_flights", arguments, in: &environment)))
        #expect(changed["cabin"] == "economy")
        #expect(changed["flights"]?[0]?["seat"] == "1A")
        #expect(changed["payment_history"]?[1]?["amount"] == -30)
        #expect(text("get_user_details", ["user_id": "bob_ray_1"], in: &environment)?.contains("430") == true)
    }

    @Test func oneCertificateCannotPayTwiceAndWhatWasTakenStaysTaken() throws {
        var environment = try environment(.airline)
        let arguments: JSONObject = [
            "user_id": "bob_ray_1", "origin": "JFK", "destination": "ORD", "flight_type": "one_way",
            "cabin": "economy", "flights": [["flight_number": "HAT001", "date": "2024-05-09"]],
            "passengers": [["first_name": "Bob", "last_name": "Ray", "dob": "1980-01-01"]],
            "payment_methods": [
                ["payment_id": "gift_card_2", "amount": 20], ["payment_id": "certificate_2", "amount": 40],
                ["payment_id": "certificate_2", "amount": 70.0],
            ],
            "total_baggages": 0, "nonfree_baggages": 0, "insurance": "yes",
        ]
        #expect(text("book_reservation", arguments, in: &environment) == "Error: 'certificate_2'")
        #expect(
            text("get_reservation_details", ["reservation_id": "HATHAT"], in: &environment) == "Error: user not found")
        let user = try #require(text("get_user_details", ["user_id": "bob_ray_1"], in: &environment))
        #expect(user.contains("380") && !user.contains("certificate_2"))
    }
}
