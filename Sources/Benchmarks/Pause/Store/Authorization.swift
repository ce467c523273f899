public import JSON

/// What a user allows beyond the four permissions; an extension of ours, per user.
public struct Authorization: Sendable, Hashable {
    /// The sources whose raw data may be read once raw data are allowed; nil for all.
    public var readableSources: [String]?
    /// The most that all completed orders together may cost; nil for no limit.
    public var spendingLimit: Double?
    /// Whether the permission to purchase is needed to prepare orders and memberships.
    public var enforcesPurchasePermission: Bool

    /// Describes what a user allows.
    public init(
        readableSources: [String]? = nil, spendingLimit: Double? = nil, enforcesPurchasePermission: Bool = true
    ) {
        self.readableSources = readableSources
        self.spendingLimit = spendingLimit
        self.enforcesPurchasePermission = enforcesPurchasePermission
    }

    /// Reads `system_settings.authorization`; what is left out is not restricted, but for the purchase permission.
    public init(json: JSONObject) {
        readableSources = json["readable_sources"]?.arrayValue?.compactMap(\.stringValue)
        spendingLimit = json["spending_limit"]?.doubleValue
        enforcesPurchasePermission = json["enforce_purchase_permission"]?.boolValue ?? true
    }

    /// The object of `system_settings.authorization`.
    public var json: JSONObject {
        [
            "readable_sources": readableSources.map { .array($0.map { .string($0) }) } ?? .null,
            "spending_limit": spendingLimit.map { JSONValue($0) } ?? .null,
            "enforce_purchase_permission": .bool(enforcesPurchasePermission),
            "checkout": "user",
        ]
    }
}

extension PauseProfile {
    /// What the user allows beyond the permissions.
    public var authorization: Authorization {
        get { Authorization(json: json["system_settings"]?["authorization"]?.objectValue ?? [:]) }
        set { json["system_settings"]?["authorization"] = .object(newValue.json) }
    }
}
