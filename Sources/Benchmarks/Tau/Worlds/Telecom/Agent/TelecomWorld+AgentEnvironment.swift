import JSON

extension TelecomWorld {
    /// What tasks call to set up and check the provider's records.
    static let agentEnvironment: [ToolFunction<TelecomWorld>] = [
        .environment("get_available_plan_ids") { world, _ throws(PythonException) in
            .list(try world.state.agent.elements(of: "plans").map { .plain($0["plan_id"] ?? .null) })
        },
        .environment("set_data_usage", ["customer_id", "line_id", "data_used_gb"], setDataUsage),
        .environment(
            "suspend_line_for_overdue_bill", ["customer_id", "line_id", "new_bill_id", "contract_ended"],
            suspendLineForOverdueBill),
        .environment(
            "assert_data_refueling_amount", ["customer_id", "line_id", "expected_amount"],
            assertDataRefuelingAmount),
        .environment("assert_line_status", ["customer_id", "line_id", "expected_status"]) {
            world, arguments throws(PythonException) in
            .truth(try world.targetLine(arguments)["status"].pythonEquals(arguments["expected_status"]))
        },
        .environment("assert_overdue_bill_exists", ["customer_id", "overdue_bill_id"], assertOverdueBillExists),
        .environment("assert_no_overdue_bill", ["overdue_bill_id"], assertNoOverdueBill),
    ]

    private static func setDataUsage(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try world.targetLine(arguments)
        let used = arguments["data_used_gb"]
        try world.state.agent.update(line) { $0["data_used_gb"] = used }
        return .string("\(line["line_id"].pythonText) has used \(used.pythonText) GB")
    }

    /// Suspends a line, whosever it is, for a bill of last month that the customer has not paid.
    private static func suspendLineForOverdueBill(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try world.find(.line, arguments["line_id"])
        guard line["status"] == LineStatus.active.json else {
            throw .value("Line must be active to suspend for unpaid bill")
        }
        let price = try world.find(.plan, line["plan_id"])["price_per_month"].doubleValue ?? 0
        guard !(price <= 0) else { throw .value("Amount must be positive for overdue bill") }
        let (customerID, billID) = (arguments["customer_id"], arguments["new_bill_id"])
        let customer = try world.find(.customer, customerID)
        guard try world.bills(of: customer, being: .overdue).isEmpty else {
            throw .value("Customer already has an overdue bill")
        }
        let period = TelecomDates.lastPeriod
        var bill = try world.makeBill(billID, of: customerID, for: period, being: .overdue)
        bill["line_items"] = [try item(price, for: "Charge for line \(line["line_id"].pythonText)")]
        bill["total_due"] = JSONValue(price)
        try world.append(bill, to: customer)
        try world.state.agent.update(line) { record in
            record["status"] = LineStatus.suspended.json
            record["suspension_start_date"] = TelecomDates.today
            if arguments["contract_ended"].pythonTruth { record["contract_end_date"] = period.end }
        }
        return .string("\(line["line_id"].pythonText) is suspended for bill \(billID.pythonText)")
    }

    private static func assertDataRefuelingAmount(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try world.targetLine(arguments)
        let amounts = try PythonNumber.operands("-", line["data_refueling_gb"], arguments["expected_amount"])
        return .truth(abs(try (amounts.left - amounts.right).float()) < 1e-6)
    }

    private static func assertOverdueBillExists(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let id = arguments["overdue_bill_id"]
        guard try world.find(.customer, arguments["customer_id"]).lists(id, in: "bill_ids") else {
            throw .value("Overdue bill \(id.pythonText) not found")
        }
        guard try world.find(.bill, id)["status"] == BillStatus.overdue.json else {
            throw .value("Overdue bill \(id.pythonText) is not overdue")
        }
        return .truth(true)
    }

    /// A bill that does not exist is not overdue either.
    private static func assertNoOverdueBill(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let kind = RecordKind.bill
        let bill = try world.state.agent.firstElement(
            of: kind.section, where: kind.key, equals: arguments["overdue_bill_id"])
        return .truth(bill.map { $0["status"] == BillStatus.paid.json } ?? true)
    }
}
