import JSON

/// The models of the user's phone and surroundings.
enum PhoneModels {
    static let accessPoint = ModelSchema(
        "APNSettings", forbidsExtras: true,
        [
            .field("apn_name", .enumeration(AccessPointName.self), default: AccessPointName.internet.json),
            .field("reset_at_reboot", .boolean, default: false),
            .field("mms_apn", .nullable(.string), default: "mms"),
            .field("mmsc_url", .nullable(.string), default: "http://mms.carrier.com/mms/wapenc"),
            .optional("mms_proxy", .string),
            .optional("mms_port", .integer),
        ])

    static let vpnDetails = ModelSchema(
        "VpnDetails", forbidsExtras: true,
        [
            .optional("server_address", .string),
            .optional("protocol", .string),
            .field("server_performance", .enumeration(VPNPerformance.self), default: VPNPerformance.unknown.json),
        ])

    private static let permissions = ModelSchema(
        "AppPermissions", forbidsExtras: true,
        Phone.permissionNames.map { .field($0, .boolean, default: false) })

    private static let app = ModelSchema(
        "AppStatus", forbidsExtras: true,
        [
            .field("app_name", .string),
            .field("permissions", .model(permissions), default: granted([])),
        ])

    static let device = ModelSchema(
        "MockPhoneAttributes", forbidsExtras: true,
        [
            .field("sim_card_status", .enumeration(SIMStatus.self), default: SIMStatus.active.json),
            .field("sim_card_missing", .boolean, default: false),
            .field("airplane_mode", .boolean, default: false),
            .field("network_signal_strength", .enumeration(SignalStrength.self), default: SignalStrength.good.json),
            .field(
                "network_technology_connected", .enumeration(NetworkTechnology.self),
                default: NetworkTechnology.fifthGeneration.json),
            .field(
                "network_connection_status", .enumeration(ConnectionStatus.self),
                default: ConnectionStatus.connected.json),
            .field("battery_level", .integer, default: 80),
            .field("data_enabled", .boolean, default: true),
            .field("roaming_enabled", .boolean, default: false),
            .field(
                "network_mode_preference", .enumeration(NetworkMode.self), default: NetworkMode.preferFastest.json),
            .field("active_apn_settings", .model(accessPoint), default: Phone.defaultAccessPoint),
            .field("wifi_enabled", .boolean, default: false),
            .field("wifi_connected", .boolean, default: false),
            .optional("wifi_ssid", .string),
            .field("wifi_signal_strength", .enumeration(SignalStrength.self), default: SignalStrength.none.json),
            .field("wifi_calling_enabled", .boolean, default: false),
            .field("wifi_calling_mms_over_wifi", .boolean, default: false),
            .field("data_saver_mode", .boolean, default: false),
            .field("vpn_enabled_setting", .boolean, default: false),
            .field("vpn_connected", .boolean, default: false),
            .optional("vpn_details", .model(vpnDetails)),
            .field("app_statuses", .dictionary(.model(app)), default: defaultApps),
        ])

    static let paymentRequest = ModelSchema(
        "PaymentRequest", forbidsExtras: true,
        [
            .field("bill_id", .string),
            .field("amount_due", .float),
            .field("paid", .boolean, default: false),
        ])

    static let surroundings = ModelSchema(
        "UserSurroundings", forbidsExtras: true,
        [
            .optional("name", .string),
            .optional("phone_number", .string),
            .field("is_abroad", .boolean, default: false),
            .field("roaming_allowed", .boolean, default: false),
            .field(
                "signal_strength",
                .dictionary(keys: .enumeration(NetworkTechnology.self), values: .enumeration(SignalStrength.self)),
                default: ["2G": "poor", "3G": "fair", "4G": "good", "5G": "excellent"]),
            .field("mobile_data_usage_exceeded", .boolean, default: false),
            .field("line_active", .boolean, default: true),
            .optional("payment_request", .model(paymentRequest)),
        ])

    static let database = ModelSchema(
        "TelecomUserDB", forbidsExtras: true,
        [
            .field("device", .model(device), default: defaults(of: device)),
            .field("surroundings", .model(surroundings), default: defaults(of: surroundings)),
        ])

    private static let defaultApps: JSONValue = [
        "messaging": ["app_name": "messaging", "permissions": granted(["sms", "storage", "phone"])],
        "browser": ["app_name": "browser", "permissions": granted(["storage", "network"])],
    ]

    private static func granted(_ names: [String]) -> JSONValue {
        .object(JSONObject(entries: Phone.permissionNames.map { ($0, .bool(names.contains($0))) }))
    }

    /// The record of a model whose fields all have defaults.
    static func defaults(of schema: ModelSchema) -> JSONValue {
        .object(JSONObject(entries: schema.fields.compactMap { field in field.defaultValue.map { (field.name, $0) } }))
    }
}
