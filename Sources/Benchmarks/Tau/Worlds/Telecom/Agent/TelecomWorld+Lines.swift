import JSON

extension TelecomWorld {
    static func suspendLine(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try world.targetLine(arguments)
        guard line["status"] == LineStatus.active.json else { throw .value("Line must be active to suspend") }
        return try world.changeStatus(
            of: line, to: .suspended, since: TelecomDates.today,
            message: "Line suspended successfully. $5/month holding fee will apply.")
    }

    /// Neither an expired contract nor an unpaid bill keeps a line from being resumed.
    static func resumeLine(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try world.targetLine(arguments)
        guard [LineStatus.suspended.json, LineStatus.pendingActivation.json].contains(line["status"]) else {
            throw .value("Line must be suspended to resume")
        }
        return try world.changeStatus(
            of: line, to: .active, since: .null, message: "Line resumed successfully")
    }

    private mutating func changeStatus(
        of line: FoundElement, to status: LineStatus, since day: JSONValue, message: String
    ) throws(PythonException) -> PythonResult {
        let changed = try state.agent.update(line) { record in
            record["status"] = status.json
            record["suspension_start_date"] = day
        }
        return .dictionary([("message", .string(message)), ("line", .model(changed))])
    }

    mutating func setRoaming(
        _ isEnabled: Bool, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try targetLine(arguments)
        let state = isEnabled ? "enabled" : "disabled"
        guard line["roaming_enabled"].pythonTruth != isEnabled else {
            return .string("Roaming was already \(state)")
        }
        try self.state.agent.update(line) { $0["roaming_enabled"] = .bool(isEnabled) }
        return .string("Roaming \(state) successfully")
    }

    static func getDataUsage(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try world.targetLine(arguments)
        let plan = try world.find(.plan, line["plan_id"])
        return .dictionary([
            ("line_id", .plain(arguments["line_id"])),
            ("data_used_gb", .plain(line["data_used_gb"])),
            ("data_limit_gb", .plain(plan["data_limit_gb"])),
            ("data_refueling_gb", .plain(line["data_refueling_gb"])),
            ("cycle_end_date", .string(TelecomDates.endOfCycle)),
        ])
    }

    /// Adds data to a line, whatever its status, and puts the charge on the customer's next bill.
    static func refuelData(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let line = try world.targetLine(arguments)
        let amount = try PythonNumber.comparands("<=", arguments["gb_amount"], 0)
        guard !PythonNumber.isAtMost(amount.left, amount.right) else {
            throw .value("Refuel amount must be positive")
        }
        let gigabytes = amount.left
        let price = try world.find(.plan, line["plan_id"])["data_refueling_price_per_gb"]
        let product = try PythonNumber.operands("*", gigabytes.jsonValue, price)
        let charge = try (product.left * product.right).float()
        let sum = try PythonNumber.operands("+=", line["data_refueling_gb"], gigabytes.jsonValue)
        let refueled = try (sum.left + sum.right).jsonValue
        try world.state.agent.update(line) { $0["data_refueling_gb"] = refueled }
        let amountText = arguments["gb_amount"].pythonText
        try world.charge(
            charge, to: arguments["customer_id"],
            for: "Data refueling: \(amountText) GB at $\(price.pythonText)/GB")
        let message =
            "Successfully added \(amountText) GB of data for line \(arguments["line_id"].pythonText) for "
            + "$\(pythonFixedText(charge))"
        return .dictionary([
            ("message", .string(message)),
            ("new_data_refueling_gb", .plain(refueled)),
            ("charge", .scalar(JSONValue(charge))),
        ])
    }
}
