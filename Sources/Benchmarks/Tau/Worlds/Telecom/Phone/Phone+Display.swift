import JSON

extension Phone {
    /// What the bar at the top of the screen shows.
    var statusBar: String {
        var parts = self[.airplaneMode] ? ["✈️ Airplane Mode"] : networkIcons
        if self[.wifi], self[.wifiConnected] {
            let name = device["wifi_ssid"]?.stringValue ?? ""
            parts.append(name.isEmpty ? "📡 Enabled" : "📡 Connected to \(name)")
        }
        if self[.vpnConnected] { parts.append("🔒 VPN Connected") }
        parts.append("🔋 \(device["battery_level"]?.pythonText ?? "")%")
        return parts.joined(separator: " | ")
    }

    private var networkIcons: [String] {
        var icons = [signal.icon]
        if technology != .none { icons.append(technology.rawValue) }
        guard self[.mobileData], technology != .none else { return icons + ["📵 Data Disabled"] }
        icons.append("📱 Data Enabled")
        if self[.dataSaver] { icons.append("🔽 Data Saver") }
        return icons
    }

    /// A tool's answer with the status bar below it.
    func report(_ text: String) -> String { "\(text)\nStatus Bar: \(statusBar)" }

    /// The state of all networks, a line each.
    var networkDescription: String {
        var lines = [
            "Airplane Mode: \(onOrOff(self[.airplaneMode]))",
            "SIM Card Status: \(simStatus.rawValue)",
            "Cellular Connection: \(connection.rawValue)",
            "Cellular Signal: \(signal.rawValue)",
            "Cellular Network Type: \(technology.rawValue)",
            "Mobile Data Enabled: \(yesOrNo(self[.mobileData]))",
            "Data Roaming Enabled: \(yesOrNo(self[.roaming]))",
            "Wi-Fi Radio: \(onOrOff(self[.wifi]))",
            "Wi-Fi Connected: \(yesOrNo(self[.wifiConnected]))",
        ]
        if self[.wifiConnected] {
            lines.append("Connected Wi-Fi Network: \(device["wifi_ssid"]?.pythonText ?? "None")")
        }
        return lines.joined(separator: "\n")
    }

    /// The state of Wi-Fi.
    var wifiDescription: String {
        guard self[.wifi] else { return "Wi-Fi is turned OFF." }
        guard self[.wifiConnected] else { return "Wi-Fi is ON but not connected to any network." }
        let (name, strength) = (device["wifi_ssid"] ?? .null, device["wifi_signal_strength"] ?? .null)
        return "Wi-Fi is ON and connected to '\(name.pythonText)'. Signal strength: \(strength.pythonText)."
    }

    private func yesOrNo(_ isSo: Bool) -> String { isSo ? "Yes" : "No" }
}

extension SignalStrength {
    /// The bars that the status bar shows.
    fileprivate var icon: String {
        switch self {
        case .none: "📵 No Signal"
        case .poor: "📶¹ Poor"
        case .fair: "📶² Fair"
        case .good: "📶³ Good"
        case .excellent: "📶⁴ Excellent"
        }
    }
}
