import JSON

extension TelecomWorld {
    private static let lineParameters: [ToolParameter] = ["customer_id", "line_id"]

    /// The agent's tools in official order.
    static let agentTools: [ToolFunction<TelecomWorld>] = [
        .tool("get_customer_by_phone", .read, ["phone_number"]) { world, arguments throws(PythonException) in
            .model(try world.customer(withNumber: arguments["phone_number"]).record)
        },
        .tool("get_customer_by_id", .read, ["customer_id"]) { world, arguments throws(PythonException) in
            .model(try world.find(.customer, arguments["customer_id"]).record)
        },
        .tool("get_customer_by_name", .read, ["full_name", "dob"], getCustomerByName),
        .tool("get_details_by_id", .read, ["id"], getDetails),
        .tool("suspend_line", .write, lineParameters + ["reason"], suspendLine),
        .tool("resume_line", .write, lineParameters, resumeLine),
        .tool(
            "get_bills_for_customer", .read, ["customer_id", ToolParameter("limit", default: 12)], getBills),
        .tool("send_payment_request", .write, ["customer_id", "bill_id"], sendPaymentRequest),
        .tool("get_data_usage", .read, lineParameters, getDataUsage),
        .tool("enable_roaming", .write, lineParameters) { world, arguments throws(PythonException) in
            try world.setRoaming(true, arguments)
        },
        .tool("disable_roaming", .write, lineParameters) { world, arguments throws(PythonException) in
            try world.setRoaming(false, arguments)
        },
        .transferToHumanAgents,
        .tool("refuel_data", .write, lineParameters + ["gb_amount"], refuelData),
    ]

    private static func getCustomerByName(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        var matches: [JSONValue] = []
        for customer in try world.state.agent.elements(of: "customers") {
            let name = JSONValue.string(try arguments["full_name"].pythonLowercased())
            guard let own = customer["full_name"], JSONValue.string(try own.pythonLowercased()) == name,
                customer["date_of_birth"]?.pythonEquals(arguments["dob"]) == true
            else { continue }
            matches.append(customer)
        }
        return .models(matches)
    }

    /// The first letter tells what an identifier is of.
    private static func getDetails(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let id = arguments["id"]
        guard case .string(let text) = id else { throw .attribute("startswith", ofType: id.pythonTypeName) }
        let kind: RecordKind
        switch text.unicodeScalars.first {
        case "L": kind = .line
        case "D": kind = .device
        case "B": kind = .bill
        case "C": kind = .customer
        case "P": kind = .plan
        default: throw .value("Unknown ID format or type: \(text)")
        }
        return .model(try world.find(kind, id).record)
    }
}
