import Evaluation
import JSON

/// Settings and the discovery of tools.
enum SettingsTools {
    static let handlers: [String: ToolHandler] = [
        "get_system_settings": settings, "get_source_features": sourceFeatures, "get_med_features": medFeatures,
    ]

    private static func settings(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let settings = world.store.profile.json["system_settings"]
        let profile = world.store.profile
        return [
            "system_settings": [
                "marketplaces": settings?["marketplaces"] ?? [], "devices": settings?["devices"] ?? [],
                "permissions": .object(
                    JSONObject(
                        entries: PausePermission.allCases.map {
                            (key: $0.rawValue, value: .bool(profile.allows($0)))
                        })),
            ]
        ]
    }

    private static func sourceFeatures(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try world.require(
            .rawData, for: call, "The user has not given the permission for raw data (allow_raw_data_access).")
        let source = try call.text("source_name")
        try world.requireKnown(source, for: call)
        try world.requireReadable(source, for: call)
        let tools = PauseTools.sourceTools(of: source, compatibility: world.options.compatibility)
        world.discover(tools)
        return ["source": .string(source), "tools": world.schemas(tools)]
    }

    private static func medFeatures(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try MedicalTools.requireAccess(&world, call)
        let tools = PauseTools.definitions(.medical, compatibility: world.options.compatibility)
        world.discover(tools)
        return ["tools": world.schemas(tools)]
    }
}

extension PauseWorld {
    /// Offers tools to the assistant from now on.
    fileprivate mutating func discover(_ tools: [ToolDefinition]) {
        let known = Set(discoveredTools.map(\.name))
        discoveredTools += tools.filter { !known.contains($0.name) }
    }

    /// Schemas as the assistant's provider takes them.
    fileprivate func schemas(_ tools: [ToolDefinition]) -> JSONValue {
        options.describesBareFunctions ? PauseTools.bareFunctions(tools) : .array(tools.map(\.json))
    }

    /// Lets through sources that the platform knows.
    mutating func requireKnown(_ source: String, for call: PauseCall) throws(ToolStop) {
        let isKnown = store.profile.marketplaces.contains { $0.source == source }
        note(call, .sourceExists, granted: isKnown, "\(source) is \(isKnown ? "" : "not ")set up")
        guard isKnown else {
            throw .refused(code: "SOURCE_NOT_FOUND", message: "The source '\(source)' is not set up.")
        }
    }

    /// Lets through sources whose raw data the user lets the assistant read.
    mutating func requireReadable(_ source: String, for call: PauseCall) throws(ToolStop) {
        guard !showsQuirks, let readable = store.profile.authorization.readableSources else { return }
        let granted = readable.contains(source)
        note(call, .readableSources, granted: granted, "raw data of \(source) may \(granted ? "" : "not ")be read")
        guard granted else {
            throw .refused(
                code: "PERMISSION_DENIED", message: "The user does not let raw data of '\(source)' be read.")
        }
    }
}
