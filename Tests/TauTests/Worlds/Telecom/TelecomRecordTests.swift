import JSON
import Testing

@testable import Tau

@Suite("The telecom provider's records")
struct TelecomRecordTests {
    private let line: JSONObject = ["customer_id": "C1", "line_id": "L1"]

    @Test("A suspended line reaches the phone when it looks for a network again")
    func suspension() throws {
        var world = try TelecomSample.world()
        let answer = world.agent("suspend_line", line.merging(["reason": "lost"]))
        #expect(
            answer.contains("\"status\": \"Suspended\"") && answer.contains("\"suspension_start_date\": \"2025-02-25\"")
        )
        #expect(try world.surroundings("line_active") == false)
        #expect(try world.phone("network_connection_status") == "connected")
        #expect(world.user("reboot_device").hasSuffix("📵 No Signal | 📵 Data Disabled | 🔋 80%"))
        #expect(world.agent("suspend_line", line.merging(["reason": "x"])) == "Error: Line must be active to suspend")
        #expect(world.agent("resume_line", line).hasPrefix("{\"message\": \"Line resumed successfully\""))
        #expect(try world.surroundings("line_active") == true)
        #expect(try world.phone("network_connection_status") == "no_service")
    }

    @Test("A payment goes from the request over the phone to the bill")
    func payment() throws {
        var world = try TelecomSample.world()
        #expect(world.user("make_payment") == "You do not have a payment request.")
        #expect(
            world.agent("send_payment_request", ["customer_id": "C1", "bill_id": "B2"])
                == "Payment request sent to the customer for bill B2")
        #expect(
            world.agent("send_payment_request", ["customer_id": "C1", "bill_id": "B1"])
                == "Error: A bill is already awaiting payment for this customer")
        #expect(world.user("check_payment_request") == "You have a payment request for bill B2 of 12.5 USD.")
        #expect(world.user("make_payment") == "Payment of 12.5 USD has been made for bill B2.")
        #expect(try world.surroundings("payment_request") == .null)
        #expect(world.agent("get_details_by_id", ["id": "B2"]).hasSuffix("\"status\": \"Paid\"}"))
    }

    @Test("Between calls that are not synchronized nothing is carried over")
    func withoutSynchronization() throws {
        var world = try TelecomSample.world()
        let request: JSONObject = ["customer_id": "C1", "bill_id": "B1"]
        try world.callWithoutSynchronizing("send_payment_request", arguments: request, requestor: .assistant)
        let answer = try world.callWithoutSynchronizing("make_payment", arguments: [:], requestor: .user)
        #expect(answer.content == "You do not have a payment request.")
    }

    @Test("Refuelling charges the first draft and ends an excess")
    func refuelling() throws {
        var world = try TelecomSample.world()
        try world.run(
            function: "set_data_usage", of: .assistant, arguments: line.merging(["data_used_gb": 2]))
        #expect(try world.surroundings("mobile_data_usage_exceeded") == true)
        #expect(
            world.agent("refuel_data", line.merging(["gb_amount": 1]))
                == "{\"message\": \"Successfully added 1 GB of data for line L1 for $1.50\", "
                + "\"new_data_refueling_gb\": \"1.0\", \"charge\": \"1.5\"}")
        #expect(try world.surroundings("mobile_data_usage_exceeded") == false)
        #expect(
            world.agent("get_details_by_id", ["id": "B3"]).contains(
                "\"total_due\": 4.5, \"due_date\": \"2025-01-19\", \"line_items\": [{\"description\": "
                    + "\"Data refueling: 1 GB at $1.5/GB\", \"amount\": 1.5, \"date\": \"2025-02-25\", "
                    + "\"item_type\": \"Charge\"}]"))
        #expect(
            world.agent("get_data_usage", line)
                == "{\"line_id\": \"L1\", \"data_used_gb\": \"2\", \"data_limit_gb\": \"2.0\", "
                + "\"data_refueling_gb\": \"1.0\", \"cycle_end_date\": \"2025-02-28\"}")
    }

    @Test(
        "Amounts that are none are refused",
        arguments: [
            (0, "Refuel amount must be positive"), (-0.5, "Refuel amount must be positive"),
            ("2", "'<=' not supported between instances of 'str' and 'int'"),
            (.null, "'<=' not supported between instances of 'NoneType' and 'int'"),
            (.number("1" + String(repeating: "0", count: 400)), "int too large to convert to float"),
        ] as [(JSONValue, String)])
    func wrongAmounts(amount: JSONValue, error: String) throws {
        var world = try TelecomSample.world()
        let before = world.agentDigest
        #expect(world.agent("refuel_data", line.merging(["gb_amount": amount])) == "Error: \(error)")
        #expect(world.agentDigest == before)
    }

    @Test("A customer without a draft gets a bill whose identifier a replay makes again")
    func newBill() throws {
        let refuel: JSONObject = ["customer_id": "C2", "line_id": "L2", "gb_amount": 2.0]
        var worlds = [try TelecomSample.world(), try TelecomSample.world()]
        for place in worlds.indices { _ = worlds[place].agent("refuel_data", refuel) }
        #expect(worlds[0].hasSameState(as: worlds[1]))
        var fixed = try TelecomSample.world()
        fixed.state.identifiers = .fixed("deadbeef")
        _ = fixed.agent("refuel_data", refuel)
        #expect(
            fixed.agent("get_details_by_id", ["id": "Bdeadbeef"]).hasPrefix(
                "{\"bill_id\": \"Bdeadbeef\", \"customer_id\": \"C2\", \"period_start\": \"2025-03-01\", "
                    + "\"period_end\": \"2025-03-31\", \"issue_date\": \"2025-03-01\", \"total_due\": 3.0, "
                    + "\"due_date\": \"2025-03-15\""))
        #expect(fixed.agent("get_customer_by_id", ["customer_id": "C2"]).contains("\"bill_ids\": [\"Bdeadbeef\"]"))
        #expect(!fixed.hasSameState(as: worlds[0]))
    }

    @Test("A charge goes to the new bill also when an older one has its identifier")
    func repeatedIdentifier() throws {
        var world = try TelecomSample.world()
        world.state.identifiers = .fixed("1")
        let refuel: JSONObject = ["customer_id": "C2", "line_id": "L2", "gb_amount": 2]
        _ = world.agent("refuel_data", refuel)
        _ = world.agent("send_payment_request", ["customer_id": "C2", "bill_id": "B1"])
        _ = world.agent("refuel_data", refuel)
        let bills = try world.state.agent.elements(of: "bills")
        #expect(bills.map { $0["bill_id"] } == ["B1", "B2", "B3", "B1", "B1"])
        #expect(bills.last?["total_due"] == 3.0)
    }

    @Test(
        "Bills come the latest first, in their order on one day, and are cut as Python cuts lists",
        arguments: [
            (nil, ["B2", "B1", "B3"]), (.null, ["B2", "B1", "B3"]), (2, ["B2", "B1"]), (0, []), (true, ["B2"]),
            (-1, ["B2", "B1"]), (-9, []), (.number("99999999999999999999"), ["B2", "B1", "B3"]),
        ] as [(JSONValue?, [String])])
    func bills(limit: JSONValue?, expected: [String]) throws {
        var world = try TelecomSample.world()
        var arguments: JSONObject = ["customer_id": "C1"]
        arguments["limit"] = limit
        let answer = try JSONValue.parse(world.agent("get_bills_for_customer", arguments))
        #expect(answer.arrayValue?.compactMap { $0["bill_id"]?.stringValue } == expected)
    }

    @Test(
        "Look-ups that find nothing say so",
        arguments: [
            ("get_customer_by_phone", ["phone_number": 5], "Customer with phone number 5 not found"),
            ("get_customer_by_id", ["customer_id": []], "Customer with ID [] not found"),
            ("get_details_by_id", ["id": "X1"], "Unknown ID format or type: X1"),
            ("get_details_by_id", ["id": .null], "'NoneType' object has no attribute 'startswith'"),
            ("get_details_by_id", ["id": "D9"], "Device with ID D9 not found"),
            ("get_customer_by_name", ["full_name": 1, "dob": ""], "'int' object has no attribute 'lower'"),
            ("resume_line", ["customer_id": "C1", "line_id": "L2"], "Line L2 not found for customer C1"),
            ("resume_line", ["customer_id": "C1", "line_id": "L1"], "Line must be suspended to resume"),
            (
                "send_payment_request", ["customer_id": "C2", "bill_id": "B1"], "Bill B1 not found for customer C2"
            ),
            (
                "get_bills_for_customer", ["customer_id": "C1", "limit": 1.0],
                "slice indices must be integers or None or have an __index__ method"
            ),
        ] as [(String, JSONObject, String)])
    func failures(tool: String, arguments: JSONObject, error: String) throws {
        var world = try TelecomSample.world()
        #expect(world.agent(tool, arguments) == "Error: \(error)")
    }

    @Test("Customers are found by their line's number and by name in any case")
    func customers() throws {
        var world = try TelecomSample.world()
        #expect(world.agent("get_customer_by_phone", ["phone_number": "200"]).contains("\"customer_id\": \"C2\""))
        let found = world.agent("get_customer_by_name", ["full_name": "ADA example", "dob": "1990-01-31"])
        #expect(found.hasPrefix("[{\"customer_id\": \"C1\"") && found.contains("\"created_at\": \"2025-01-01\""))
        #expect(world.agent("get_customer_by_name", ["full_name": "Ada", "dob": "1990-01-31"]) == "[]")
    }

    @Test("An overdue bill suspends a line until somebody resumes it")
    func overdueBill() throws {
        var world = try TelecomSample.world()
        let arguments = line.merging(["new_bill_id": "B9", "contract_ended": true])
        try world.run(function: "suspend_line_for_overdue_bill", of: .assistant, arguments: arguments)
        let record = try #require(try world.state.agent.firstElement(of: "lines", where: "line_id", equals: "L1"))
        #expect(record["status"] == "Suspended")
        #expect(record["contract_end_date"] == "2025-01-31")
        #expect(
            throws: PythonException(.valueError, "Line must be active to suspend for unpaid bill")
        ) { try world.run(function: "suspend_line_for_overdue_bill", of: .assistant, arguments: arguments) }
        let check = { (world: inout any TauWorld) throws in
            try world.run(
                function: "assert_no_overdue_bill", of: .assistant, arguments: ["overdue_bill_id": "B9"]
            ).assertion
        }
        #expect(try check(&world) == false)
        _ = world.agent("send_payment_request", ["customer_id": "C1", "bill_id": "B9"])
        #expect(world.user("make_payment") == "Payment of 10.0 USD has been made for bill B9.")
        #expect(try check(&world) == true)
    }

    @Test("A number that no line has makes every call fail, after its work")
    func unknownNumber() throws {
        var world = try TelecomSample.world(hasNumber: false)
        #expect(throws: PythonException.self) {
            try world.set("set_user_info", ["name": "Eve", "phone_number": "000"])
        }
        #expect(world.user("toggle_data") == "Error: Line with phone number 000 not found")
        #expect(try world.phone("data_enabled") == false)
    }

    @Test("Data for one side become the data of both")
    func sharedData() throws {
        var world = try TelecomSample.world(hasNumber: false)
        #expect(throws: PythonException(.attributeError, "'TelecomDB' object has no attribute 'surroundings'")) {
            try world.setState(InitialState(agentData: ["plans": []]))
        }
        #expect(world.user("check_status_bar") == "Error: 'TelecomDB' object has no attribute 'device'")
        #expect(world.agentDigest == world.userDigest)
    }
}
