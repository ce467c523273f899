import JSON

/// Draws what the platform knows of a user's sources; permissions are all off.
struct SettingsGenerator {
    /// One marketplace entry and one device for every assigned source, in the order of their names.
    static func settings(sources: [String], connectsOne: Bool, stream: inout PauseStream) -> JSONValue {
        var known: [(source: WearableSource, connected: Bool)] = []
        for name in Set(sources).sorted() {
            guard let source = WearableSource.named(name) else { continue }
            known.append((source, stream.chance(0.5)))
        }
        if connectsOne, !known.isEmpty, !known.contains(where: \.connected) {
            known[stream.integer(in: 0...known.count - 1)].connected = true
        }
        return [
            "marketplaces": .array(
                known.map { ["source": .string($0.source.name), "connected": .bool($0.connected)] }),
            "devices": .array(known.map { $0.source.deviceJSON }),
            "permissions": .object(
                JSONObject(entries: PausePermission.allCases.map { (key: $0.rawValue, value: false) })),
        ]
    }
}

extension WearableSource {
    /// The entry of the settings' `devices`.
    var deviceJSON: JSONValue {
        ["device_id": .string(deviceID), "source": .string(name), "type": .string(deviceType)]
    }
}
