import JSON

extension Phone {
    /// The settings with which a phone comes.
    static let defaultAccessPoint = PhoneModels.defaults(of: PhoneModels.accessPoint)

    private var settings: JSONValue { device["active_apn_settings"] ?? .null }

    /// A field of the access point settings.
    ///
    /// Throws what Python raises when the settings have been overwritten with something else.
    func accessPoint(_ field: String) throws(PythonException) -> JSONValue {
        guard case .object(let settings) = settings else {
            throw .attribute(field, ofType: settings.pythonTypeName)
        }
        return settings[field] ?? .null
    }

    /// Sets a field of the access point settings, without validating.
    mutating func setAccessPoint(_ field: String, _ value: JSONValue) throws(PythonException) {
        guard case .object = settings else { throw .attribute(field, ofType: settings.pythonTypeName) }
        device["active_apn_settings"]?[field] = value
    }

    /// What the settings are, for somebody who is no technician.
    func describeAccessPoint() throws(PythonException) -> String {
        guard case .object(let settings) = settings else {
            throw .attribute("model_copy", ofType: settings.pythonTypeName)
        }
        let center = settings["mmsc_url"]?.stringValue ?? ""
        return """
            Current APN Name: \(settings["apn_name"]?.stringValue ?? "")
            MMSC URL (for picture messages): \(center.isEmpty ? "Not Set" : center)
            (These are technical settings, usually best left unchanged.)
            """
    }

    /// Restarts the network, after resetting the access point when that was asked for, and says so.
    mutating func reboot() throws(PythonException) -> String {
        var lines = ["Restarting network services..."]
        if try accessPoint("reset_at_reboot").pythonTruth {
            lines.insert("Resetting APN settings...", at: 0)
            device["active_apn_settings"] = Self.defaultAccessPoint
        }
        connection = .searching
        try searchNetwork()
        return lines.joined(separator: "\n")
    }
}
