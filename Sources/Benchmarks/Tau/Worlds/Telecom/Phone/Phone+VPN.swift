import JSON

/// What a phone's VPN connects to unless the data say otherwise.
///
/// Officially one object for the whole process, which ``Phone/breakVPN()`` spoils for every episode that follows; here each world
/// has its own.
struct DefaultVPN: Sendable {
    /// The details of the connection.
    var details: JSONValue = [
        "server_address": "192.168.1.1", "protocol": "OpenVPN", "server_performance": VPNPerformance.excellent.json,
    ]
    /// Whether the phone's details are these, so that what happens to the one happens to the other.
    var isInUse = false
}

extension Phone {
    /// Connects to the default VPN; false when one is connected already.
    mutating func connectVPN() -> Bool {
        guard !self[.vpnConnected] else { return false }
        self[.vpnConnected] = true
        device["vpn_details"] = vpn.details
        vpn.isInUse = true
        return true
    }

    /// Ends the VPN connection; false when there is none.
    @discardableResult
    mutating func disconnectVPN() -> Bool {
        guard self[.vpnConnected] else { return false }
        self[.vpnConnected] = false
        device["vpn_details"] = .null
        vpn.isInUse = false
        return true
    }

    /// Connects a VPN, unless one is connected, and makes it slow.
    mutating func breakVPN() throws(PythonException) {
        _ = connectVPN()
        guard device["vpn_details"]?.isNull == false else {
            throw .attribute("server_performance", ofType: "NoneType")
        }
        device["vpn_details"]?["server_performance"] = VPNPerformance.poor.json
        if vpn.isInUse { vpn.details["server_performance"] = VPNPerformance.poor.json }
    }

    /// What the VPN is, in words; the details as Python shows the dictionary, with its enumeration.
    var vpnDescription: String {
        guard self[.vpnConnected] else {
            return self[.vpnSetting]
                ? "VPN is turned ON in settings, but currently not connected." : "VPN is turned OFF."
        }
        guard let details = device["vpn_details"]?.objectValue else {
            return "VPN is ON and connected (no specific details available)."
        }
        let members = details.map { key, value in
            "'\(key)': \(key == "server_performance" ? Self.representation(ofPerformance: value) : value.pythonRepresentation)"
        }
        return "VPN is ON and connected. Details: {\(members.joined(separator: ", "))}"
    }

    private static func representation(ofPerformance value: JSONValue) -> String {
        let name = value.stringValue?.uppercased() ?? ""
        return "<PerformanceLevel.\(name): \(value.pythonRepresentation)>"
    }
}
