import JSON

extension TelecomWorld {
    /// A kind of record that has an identifier of its own.
    struct RecordKind {
        /// The list that the records are in.
        var section: String
        /// The field with the identifier.
        var key: String
        /// What error texts call it.
        var title: String

        static let plan = RecordKind(section: "plans", key: "plan_id", title: "Plan")
        static let customer = RecordKind(section: "customers", key: "customer_id", title: "Customer")
        static let line = RecordKind(section: "lines", key: "line_id", title: "Line")
        static let bill = RecordKind(section: "bills", key: "bill_id", title: "Bill")
        static let device = RecordKind(section: "devices", key: "device_id", title: "Device")
    }

    /// The record with an identifier.
    func find(_ kind: RecordKind, _ id: JSONValue) throws(PythonException) -> FoundElement {
        guard let found = try state.agent.firstElement(of: kind.section, where: kind.key, equals: id) else {
            throw .value("\(kind.title) with ID \(id.pythonText) not found")
        }
        return found
    }

    /// The customer who has a phone number, as the primary one or that of a line.
    func customer(withNumber number: JSONValue) throws(PythonException) -> FoundElement {
        for (place, customer) in try state.agent.elements(of: "customers").enumerated() {
            let found = FoundElement(section: "customers", place: place, record: customer)
            if found["phone_number"].pythonEquals(number) { return found }
            for lineID in found["line_ids"].arrayValue ?? []
            where try find(.line, lineID)["phone_number"].pythonEquals(number) {
                return found
            }
        }
        throw .value("Customer with phone number \(number.pythonText) not found")
    }

    /// The line that has a phone number.
    func line(withNumber number: JSONValue) throws(PythonException) -> FoundElement {
        guard let line = try state.agent.firstElement(of: "lines", where: "phone_number", equals: number) else {
            throw .value("Line with phone number \(number.pythonText) not found")
        }
        return line
    }

    /// The line that a call's `customer_id` and `line_id` name, which has to be one of the customer's.
    func targetLine(_ arguments: ToolArguments) throws(PythonException) -> FoundElement {
        let (customerID, lineID) = (arguments["customer_id"], arguments["line_id"])
        let customer = try find(.customer, customerID)
        guard customer.lists(lineID, in: "line_ids") else {
            throw .value("Line \(lineID.pythonText) not found for customer \(customerID.pythonText)")
        }
        return try find(.line, lineID)
    }

    /// All bills of a customer, in the order in which the customer's record names them.
    func bills(of customer: FoundElement) throws(PythonException) -> [FoundElement] {
        var bills: [FoundElement] = []
        for id in customer["bill_ids"].arrayValue ?? [] { bills.append(try find(.bill, id)) }
        return bills
    }

    /// The bills of a customer that have a status.
    func bills(
        of customer: FoundElement, being status: BillStatus
    ) throws(PythonException) -> [FoundElement] {
        try bills(of: customer).filter { $0["status"] == status.json }
    }
}

extension FoundElement {
    /// Whether a list in a field has an element that Python calls equal.
    func lists(_ element: JSONValue, in field: String) -> Bool {
        self[field].arrayValue?.contains { $0.pythonEquals(element) } == true
    }
}
