import JSON

extension TelecomWorld {
    /// Tells the phone's surroundings what the provider's records say about its line, and the records what the user has paid.
    ///
    /// The phone itself does not notice before it looks for a network again. Where the user has no number yet, nothing happens.
    mutating func synchronizeTools() throws(PythonException) {
        let surroundings = try userData.value(of: "surroundings")
        guard let number = surroundings["phone_number"], !number.isNull else { return }
        let line = try line(withNumber: number)
        try setSurroundings("line_active", .bool(line["status"] == LineStatus.active.json))
        try setSurroundings("roaming_allowed", .bool(line["roaming_enabled"].pythonTruth))
        try setSurroundings("mobile_data_usage_exceeded", .bool(try hasUsedUpData(line)))
        var request = surroundings["payment_request"] ?? .null
        if let billID = request["bill_id"], request["paid"]?.pythonTruth == true {
            try state.agent.update(try find(.bill, billID)) { $0["status"] = BillStatus.paid.json }
            request = .null
            try setSurroundings("payment_request", request)
        }
        guard request.isNull else { return }
        let customer = try customer(withNumber: number)
        guard let bill = try bills(of: customer, being: .awaitingPayment).first else { return }
        try setSurroundings(
            "payment_request",
            try PhoneModels.paymentRequest.make(["bill_id": bill["bill_id"], "amount_due": bill["total_due"]]))
    }

    private func hasUsedUpData(_ line: FoundElement) throws(PythonException) -> Bool {
        let plan = try find(.plan, line["plan_id"])
        let allowance = try PythonNumber.operands("+", plan["data_limit_gb"], line["data_refueling_gb"])
        let limit = try allowance.left + allowance.right
        let comparison = try PythonNumber.comparands(">=", line["data_used_gb"], limit.jsonValue)
        return PythonNumber.isAtMost(comparison.right, comparison.left)
    }

    /// Sets a field of the surroundings without validating.
    mutating func setSurroundings(_ field: String, _ value: JSONValue) throws(PythonException) {
        // Most synchronizations find nothing new, and what is not written is not copied.
        if try userData.value(of: "surroundings")[field] == value { return }
        try userData.updateValue(of: "surroundings") { $0[field] = value }
    }
}
