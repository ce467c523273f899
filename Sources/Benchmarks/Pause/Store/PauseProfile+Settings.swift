import JSON

/// What a user can allow the assistant.
public enum PausePermission: String, Sendable, CaseIterable {
    /// Raw data of the sources.
    case rawData = "allow_raw_data_access"
    /// Notes.
    case userNotes = "allow_user_notes_access"
    /// Orders and membership.
    case purchase = "allow_purchase"
    /// The medical assistant.
    case medAssistant = "allow_med_assistant"
}

/// A source as the platform knows it.
public struct Marketplace: Sendable, Hashable {
    /// The source.
    public var source: String
    /// Whether its data reach the platform.
    public var isConnected: Bool

    /// Describes a source.
    public init(source: String, isConnected: Bool) {
        self.source = source
        self.isConnected = isConnected
    }
}

extension PauseProfile {
    /// Whether the user has granted a permission.
    public func allows(_ permission: PausePermission) -> Bool {
        json["system_settings"]?["permissions"]?[permission.rawValue]?.boolValue ?? false
    }

    /// Grants or revokes a permission.
    public mutating func set(_ permission: PausePermission, to allowed: Bool) {
        var permissions = json["system_settings"]?["permissions"]?.objectValue ?? [:]
        permissions[permission.rawValue] = .bool(allowed)
        json["system_settings"]?["permissions"] = .object(permissions)
    }

    /// The sources that the platform knows, in order.
    public var marketplaces: [Marketplace] {
        get {
            (json["system_settings"]?["marketplaces"]?.arrayValue ?? []).compactMap { entry in
                guard let source = entry["source"]?.stringValue else { return nil }
                return Marketplace(source: source, isConnected: entry["connected"]?.boolValue ?? false)
            }
        }
        set {
            json["system_settings"]?["marketplaces"] = .array(
                newValue.map { ["source": .string($0.source), "connected": .bool($0.isConnected)] })
        }
    }

    /// Whether a source's data reach the platform.
    public func isConnected(_ source: String) -> Bool {
        marketplaces.contains { $0.source == source && $0.isConnected }
    }

    /// The id of the device that the platform knows for a source.
    public func deviceID(of source: String) -> String? {
        (json["system_settings"]?["devices"]?.arrayValue ?? [])
            .first { $0["source"]?.stringValue == source }?["device_id"]?.stringValue
    }

    /// The source and device of a day whose data the assistant can see; nil when it was not worn or is not connected.
    public func visibleSource(on day: CalendarDay) -> (source: String, device: String?)? {
        guard let source = assignedSource(on: day), source != "missing", isConnected(source) else { return nil }
        return (source, deviceID(of: source))
    }

    /// The days whose data the assistant can see, in order.
    public var visibleDays: [CalendarDay] {
        let connected = Set(marketplaces.filter(\.isConnected).map(\.source))
        return sourceAssignment.filter { connected.contains($0.source) }.map(\.day)
    }
}
