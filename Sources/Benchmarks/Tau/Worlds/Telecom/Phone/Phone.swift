import JSON

/// The user's phone and what is around it.
///
/// The settings stay as the official tools leave them: two of the tools store whatever they are given.
struct Phone {
    /// The record of the phone's settings and state.
    var device: JSONValue
    /// The record of what is around the phone: networks, the line, a request to pay.
    let surroundings: JSONValue
    /// What the VPN connects to.
    var vpn: DefaultVPN

    /// A setting or state that is on or off.
    enum Flag: String {
        case airplaneMode = "airplane_mode"
        case dataSaver = "data_saver_mode"
        case mobileData = "data_enabled"
        case multimediaOverWiFi = "wifi_calling_mms_over_wifi"
        case roaming = "roaming_enabled"
        case simCardMissing = "sim_card_missing"
        case vpnConnected = "vpn_connected"
        case vpnSetting = "vpn_enabled_setting"
        case wifi = "wifi_enabled"
        case wifiCalling = "wifi_calling_enabled"
        case wifiConnected = "wifi_connected"
    }

    /// Whether something is on.
    subscript(flag: Flag) -> Bool {
        get { device[flag.rawValue]?.pythonTruth ?? false }
        set { device[flag.rawValue] = .bool(newValue) }
    }

    /// Turns something on or off and says which.
    mutating func flip(_ flag: Flag) -> Bool {
        self[flag].toggle()
        return self[flag]
    }

    /// An enumerated state of the device; the models see to it that it is one of the cases.
    private func state<State: TextEnumeration>(_ field: String, orElse fallback: State) -> State {
        State(device[field]) ?? fallback
    }

    var technology: NetworkTechnology {
        get { state("network_technology_connected", orElse: .none) }
        set { device["network_technology_connected"] = newValue.json }
    }

    var signal: SignalStrength {
        get { state("network_signal_strength", orElse: .none) }
        set { device["network_signal_strength"] = newValue.json }
    }

    var connection: ConnectionStatus {
        get { state("network_connection_status", orElse: .noService) }
        set { device["network_connection_status"] = newValue.json }
    }

    /// What the SIM card is, as far as the phone can tell.
    var simStatus: SIMStatus {
        self[.simCardMissing] ? .missing : state("sim_card_status", orElse: .missing)
    }

    /// Forgets the Wi-Fi network.
    mutating func leaveWiFi() {
        self[.wifiConnected] = false
        device["wifi_ssid"] = .null
        device["wifi_signal_strength"] = SignalStrength.none.json
    }
}

/// The word for a switch in the tools' answers.
func onOrOff(_ isOn: Bool) -> String { isOn ? "ON" : "OFF" }
