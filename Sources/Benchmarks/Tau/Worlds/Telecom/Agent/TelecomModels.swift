import JSON

/// The models of the provider's data.
enum TelecomModels {
    static let plan = record(
        "Plan",
        [
            .field("plan_id", .string),
            .field("name", .string),
            .field("data_limit_gb", .float),
            .field("price_per_month", .float),
            .field("data_refueling_price_per_gb", .float),
        ])

    private static let address = record(
        "Address",
        [
            .field("street", .string),
            .field("city", .string),
            .field("state", .string),
            .field("zip_code", .string),
        ])

    private static let paymentMethod = record(
        "PaymentMethod",
        [
            .field("method_type", .enumeration(["Credit Card", "Debit Card", "PayPal"])),
            .field("account_number_last_4", .string),
            .field("expiration_date", .string),
        ])

    static let customer = record(
        "Customer",
        [
            .field("customer_id", .string),
            .field("full_name", .string),
            .field("date_of_birth", .string),
            .field("email", .string),
            .field("phone_number", .string),
            .field("address", .model(address)),
            .field(
                "account_status", .enumeration(["Active", "Suspended", "Pending Verification", "Closed"]),
                default: "Pending Verification"),
            .field("payment_methods", .list(.model(paymentMethod)), default: []),
            .field("line_ids", .list(.string), default: []),
            .field("bill_ids", .list(.string), default: []),
            // The default is a day although the type is a day with a time.
            .field("created_at", .dateTime, default: "2025-01-01"),
            .optional("last_extension_date", .date),
            .field("goodwill_credit_used_this_year", .float, default: 0.0),
        ])

    static let line = record(
        "Line",
        [
            .field("line_id", .string),
            .field("phone_number", .string),
            .field("status", .enumeration(LineStatus.self), default: LineStatus.pendingActivation.json),
            .field("plan_id", .string),
            .optional("device_id", .string),
            .field("data_used_gb", .float, default: 0.0),
            .field("data_refueling_gb", .float, default: 0.0),
            .field("roaming_enabled", .boolean, default: false),
            .optional("contract_end_date", .date),
            .optional("last_plan_change_date", .date),
            .optional("last_sim_replacement_date", .date),
            .optional("suspension_start_date", .date),
        ])

    static let lineItem = record(
        "LineItem",
        [
            .field("description", .string),
            .field("amount", .float),
            .field("date", .date),
            .field("item_type", .string),
        ])

    static let bill = record(
        "Bill",
        [
            .field("bill_id", .string),
            .field("customer_id", .string),
            .field("period_start", .date),
            .field("period_end", .date),
            .field("issue_date", .date),
            .field("total_due", .float),
            .field("due_date", .date),
            .field("line_items", .list(.model(lineItem)), default: []),
            .field("status", .enumeration(BillStatus.self), default: BillStatus.draft.json),
        ])

    static let device = record(
        "Device",
        [
            .field("device_id", .string),
            .field("device_type", .enumeration(["phone", "router", "tablet", "watch", "other"])),
            .field("model", .string),
            .optional("imei", .string),
            .field("is_esim_capable", .boolean),
            .field("activated", .boolean, default: false),
            .optional("activation_date", .dateTime),
            .optional("last_esim_transfer_date", .dateTime),
        ])

    static let database = record(
        "TelecomDB",
        [
            .field("plans", .list(.model(plan)), default: []),
            .field("customers", .list(.model(customer)), default: []),
            .field("lines", .list(.model(line)), default: []),
            .field("bills", .list(.model(bill)), default: []),
            .field("devices", .list(.model(device)), default: []),
        ])

    private static func record(_ name: String, _ fields: [ModelSchema.Field]) -> ModelSchema {
        ModelSchema(name, forbidsExtras: true, fields)
    }
}

/// What a line is.
enum LineStatus: String, CaseIterable, TextEnumeration {
    case active = "Active"
    case suspended = "Suspended"
    case pendingActivation = "Pending Activation"
    case closed = "Closed"
}

/// What a bill is.
enum BillStatus: String, CaseIterable, TextEnumeration {
    case draft = "Draft"
    case issued = "Issued"
    case awaitingPayment = "Awaiting Payment"
    case paid = "Paid"
    case overdue = "Overdue"
    case disputed = "Disputed"
}
