import JSON

extension TelecomWorld {
    /// The bills of a customer, the latest first; `limit` cuts the list as Python's `[:limit]` does.
    static func getBills(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let bills = try world.bills(of: try world.find(.customer, arguments["customer_id"]))
        let limit = arguments["limit"]
        // Python keeps the order of bills of one day also when it sorts in reverse.
        let sorted = bills.enumerated().sorted { left, right in
            let (one, other) = (left.element["issue_date"], right.element["issue_date"])
            return one == other ? left.offset < right.offset : precedes(other.pythonText, one.pythonText)
        }.map(\.element.record)
        if limit.isNull { return .models(sorted) }
        guard case .integer(let end) = PythonNumber(limit) else {
            throw .type("slice indices must be integers or None or have an __index__ method")
        }
        // Beyond 64 bits an index is beyond every list.
        let place = end.int64 ?? (end < .zero ? .min : .max)
        let count = Int64(sorted.count)
        let kept = place < 0 ? max(0, count + max(place, -count)) : min(place, count)
        return .models(sorted.prefix(Int(kept)))
    }

    /// Asks for the payment of any bill that the customer has, a paid one too.
    static func sendPaymentRequest(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let (customerID, billID) = (arguments["customer_id"], arguments["bill_id"])
        let customer = try world.find(.customer, customerID)
        guard try world.bills(of: customer, being: .awaitingPayment).isEmpty else {
            throw .value("A bill is already awaiting payment for this customer")
        }
        guard customer.lists(billID, in: "bill_ids") else {
            throw .value("Bill \(billID.pythonText) not found for customer \(customerID.pythonText)")
        }
        let bill = try world.find(.bill, billID)
        try world.state.agent.update(bill) { $0["status"] = BillStatus.awaitingPayment.json }
        return .string("Payment request sent to the customer for bill \(bill["bill_id"].pythonText)")
    }

    /// Puts a charge on the customer's first draft of a bill; where there is none, one for the next month is made.
    mutating func charge(
        _ amount: Double, to customerID: JSONValue, for description: String
    ) throws(PythonException) {
        let customer = try find(.customer, customerID)
        if let draft = try draft(of: customer) {
            try add(amount, to: draft, for: description)
            return
        }
        let count = customer["bill_ids"].arrayValue?.count ?? 0
        let purpose = "bill \(count + 1) of customer \(customerID.pythonText)"
        let id = JSONValue.string("B" + state.identifiers.hexadecimalDigits(8, for: purpose))
        let bill = try makeBill(id, of: customerID, for: TelecomDates.nextPeriod, being: .draft)
        try add(amount, to: try append(bill, to: customer), for: description)
    }

    /// The first bill of a customer that is a draft; bills behind it are not looked for.
    private func draft(of customer: FoundElement) throws(PythonException) -> FoundElement? {
        for id in customer["bill_ids"].arrayValue ?? [] {
            let bill = try find(.bill, id)
            if bill["status"] == BillStatus.draft.json { return bill }
        }
        return nil
    }

    /// Makes a bill of nothing.
    func makeBill(
        _ id: JSONValue, of customerID: JSONValue, for period: BillingPeriod, being status: BillStatus
    ) throws(PythonException) -> JSONValue {
        try TelecomModels.bill.make([
            "bill_id": id, "customer_id": customerID, "period_start": period.start, "period_end": period.end,
            "issue_date": period.start, "total_due": 0, "due_date": period.due, "status": status.json,
        ])
    }

    /// Adds a bill to the records and to the customer's, and says where it is: its identifier may not be the only one.
    @discardableResult
    mutating func append(
        _ bill: JSONValue, to customer: FoundElement
    ) throws(PythonException) -> FoundElement {
        let place = try state.agent.append(bill, to: "bills")
        try state.agent.update(customer) { $0["bill_ids"]?.append(bill["bill_id"] ?? .null) }
        return FoundElement(section: "bills", place: place, record: bill)
    }

    /// Adds today's charge to a bill.
    private mutating func add(
        _ amount: Double, to bill: FoundElement, for description: String
    ) throws(PythonException) {
        let item = try Self.item(amount, for: description)
        let total = (bill["total_due"].doubleValue ?? 0) + amount
        try state.agent.update(bill) { record in
            record["line_items"]?.append(item)
            record["total_due"] = JSONValue(total)
        }
    }

    /// A line of a bill with today's date.
    static func item(_ amount: Double, for description: String) throws(PythonException) -> JSONValue {
        try TelecomModels.lineItem.make([
            "description": .string(description), "amount": JSONValue(amount), "date": TelecomDates.today,
            "item_type": amount < 0 ? "Credit" : "Charge",
        ])
    }
}
