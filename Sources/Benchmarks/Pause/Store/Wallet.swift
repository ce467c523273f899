import Evaluation
public import JSON

/// A user's money, membership and vouchers.
public struct Wallet: Sendable, Hashable {
    /// The money in it.
    public var balance: Double
    /// Whether the membership is active.
    public var isVIP: Bool
    /// The last day of the membership.
    public var vipExpiry: String?
    /// The vouchers.
    public var vouchers: [Voucher]

    /// Describes a wallet.
    public init(balance: Double, isVIP: Bool = false, vipExpiry: String? = nil, vouchers: [Voucher] = []) {
        self.balance = balance
        self.isVIP = isVIP
        self.vipExpiry = vipExpiry
        self.vouchers = vouchers
    }

    /// Reads the object under `shopping.wallet`.
    ///
    /// Throws ``EvaluationError``, cause `task`.
    public init(json: JSONObject) throws {
        balance = json["balance"]?.doubleValue ?? 0
        isVIP = json["vip"]?.boolValue ?? false
        vipExpiry = json["vip_expiry"]?.stringValue
        vouchers = try (json["vouchers"]?.arrayValue ?? []).map { try Voucher(json: $0.objectValue ?? [:]) }
        guard balance.isFinite else { throw EvaluationError.malformedPause("the wallet's balance must be a number") }
    }

    /// The object under `shopping.wallet`.
    public var json: JSONObject {
        [
            "balance": JSONValue(balance), "vip": .bool(isVIP),
            "vip_expiry": vipExpiry.map { .string($0) } ?? .null,
            "vouchers": .array(vouchers.map { .object($0.json) }),
        ]
    }
}

/// A percentage off what an order has of one brand.
public struct Voucher: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// What it is, for people.
    public var description: String
    /// The brand that it is for; nil for all.
    public var brand: String?
    /// Whether only members can use it.
    public var isVIPOnly: Bool
    /// The last day on which it can be used.
    public var expiryDate: String?
    /// What the brand's items have to cost at least, before any discount.
    public var minimumAmount: Double
    /// What is left of the price: 0.9 is ten percent off.
    public var factor: Double
    /// `percent`; other kinds exist in no wallet and reduce nothing.
    public var kind: String

    /// Describes a voucher.
    public init(
        id: String, brand: String?, minimumAmount: Double, factor: Double, isVIPOnly: Bool, expiryDate: String?,
        description: String
    ) {
        self.id = id
        self.description = description
        self.brand = brand
        self.isVIPOnly = isVIPOnly
        self.expiryDate = expiryDate
        self.minimumAmount = minimumAmount
        self.factor = factor
        kind = "percent"
    }

    /// Reads an entry of a wallet's `vouchers`.
    ///
    /// Throws ``EvaluationError``, cause `task`, when it has no id.
    public init(json: JSONObject) throws {
        let fields = PauseFields(json, of: "a voucher")
        id = try fields.text("voucher_id")
        description = json["description"]?.stringValue ?? ""
        brand = json["brand"]?.stringValue
        isVIPOnly = json["vip_required"]?.boolValue ?? false
        expiryDate = json["expiry_date"]?.stringValue
        minimumAmount = json["min_amount"]?.doubleValue ?? 0
        factor = json["discount_factor"]?.doubleValue ?? 1
        kind = json["discount_type"]?.stringValue ?? "percent"
    }

    /// The entry of a wallet's `vouchers`.
    public var json: JSONObject {
        [
            "voucher_id": .string(id), "description": .string(description),
            "brand": brand.map { .string($0) } ?? .null, "vip_required": .bool(isVIPOnly),
            "expiry_date": expiryDate.map { .string($0) } ?? .null, "min_amount": JSONValue(minimumAmount),
            "discount_type": .string(kind), "discount_factor": JSONValue(factor),
        ]
    }
}
