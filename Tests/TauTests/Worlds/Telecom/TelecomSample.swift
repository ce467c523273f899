import JSON

@testable import Tau

/// A provider with two customers and a user with a phone, made up for tests.
enum TelecomSample {
    static let provider = """
        [[plans]]
        plan_id = "P1"
        name = "Small"
        data_limit_gb = 2.0
        price_per_month = 10.0
        data_refueling_price_per_gb = 1.5

        [[lines]]
        line_id = "L1"
        phone_number = "100"
        status = "Active"
        plan_id = "P1"
        data_used_gb = 0.5

        [[lines]]
        line_id = "L2"
        phone_number = "200"
        plan_id = "P1"

        [[customers]]
        customer_id = "C1"
        full_name = "Ada Example"
        date_of_birth = "1990-01-31"
        email = "ada@example.com"
        phone_number = "100"
        line_ids = ["L1"]
        bill_ids = ["B1", "B2", "B3"]
        address = {street = "1 Road", city = "Town", state = "TX", zip_code = "1"}

        [[customers]]
        customer_id = "C2"
        full_name = "Bob Example"
        date_of_birth = "1991-01-31"
        email = "bob@example.com"
        phone_number = "999"
        line_ids = ["L2"]
        created_at = "2025-01-02T03:04:05"
        address = {street = "2 Road", city = "Town", state = "TX", zip_code = "1"}

        [[bills]]
        bill_id = "B1"
        customer_id = "C1"
        period_start = 2025-01-01
        period_end = 2025-01-31
        issue_date = 2025-01-05
        total_due = 10.0
        due_date = 2025-01-19
        status = "Issued"

        [[bills]]
        bill_id = "B2"
        customer_id = "C1"
        period_start = 2025-02-01
        period_end = 2025-02-28
        issue_date = 2025-02-05
        total_due = 12.5
        due_date = 2025-02-19
        status = "Issued"

        [[bills]]
        bill_id = "B3"
        customer_id = "C1"
        period_start = 2025-01-01
        period_end = 2025-01-31
        issue_date = 2025-01-05
        total_due = 3
        due_date = 2025-01-19
        status = "Draft"
        """

    private static let data = Result {
        try TelecomData(database: TOMLReader.read(Array(provider.utf8)), userDatabase: [:])
    }

    /// A fresh world; the user has the number of line L1 unless told otherwise.
    static func world(isSolo: Bool = false, hasNumber: Bool = true) throws -> any TauWorld {
        var world = try data.get().makeWorld(isSolo: isSolo)
        if hasNumber { try world.set("set_user_info", ["name": "Ada", "phone_number": "100"]) }
        return world
    }
}

extension TauWorld {
    /// Calls a tool of the user's and gives its answer.
    mutating func user(_ name: String, _ arguments: JSONObject = [:]) -> String {
        call(name, arguments: arguments, requestor: .user).content
    }

    /// Calls a tool of the agent's and gives its answer.
    mutating func agent(_ name: String, _ arguments: JSONObject = [:]) -> String {
        call(name, arguments: arguments, requestor: .assistant).content
    }

    /// Calls a function that sets up the user's side.
    @discardableResult
    mutating func set(_ name: String, _ arguments: JSONObject = [:]) throws -> PythonResult {
        try run(function: name, of: .user, arguments: arguments)
    }

    /// What a check of the user's side finds.
    mutating func holds(_ name: String, _ arguments: JSONObject) throws -> Bool? {
        try run(function: name, of: .user, arguments: arguments).assertion
    }

    /// A field of the phone.
    func phone(_ field: String) throws -> JSONValue? { try state.user?.value(of: "device")[field] }

    /// A field of what is around the phone.
    func surroundings(_ field: String) throws -> JSONValue? { try state.user?.value(of: "surroundings")[field] }
}
