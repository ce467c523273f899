import JSON

extension Phone {
    /// Looks for a network: what the phone shows about it is only found out here.
    ///
    /// Throws what Python raises when the access point settings have been overwritten; the network has been found by then.
    mutating func searchNetwork() throws(PythonException) {
        if simStatus == .active {
            connection = .connected
            (technology, signal) = bestNetwork
        } else {
            loseNetwork()
        }
        if self[.airplaneMode] { loseNetwork() }
        if try accessPoint("apn_name") == AccessPointName.broken.json { loseNetwork() }
        if surroundings["line_active"]?.pythonTruth == false { loseNetwork() }
    }

    private mutating func loseNetwork() {
        connection = .noService
        technology = .none
        signal = .none
    }

    /// The network that the preferred mode leads to where the phone is.
    private var bestNetwork: (NetworkTechnology, SignalStrength) {
        switch NetworkMode(device["network_mode_preference"]) {
        case .preferFastest:
            let fifth = strength(of: .fifthGeneration)
            return fifth == .none
                ? (.fourthGeneration, strength(of: .fourthGeneration)) : (.fifthGeneration, fifth)
        // What is no mode at all counts as this one.
        case .fourthGeneration, nil: return (.fourthGeneration, strength(of: .fourthGeneration))
        case .thirdGeneration: return (.thirdGeneration, strength(of: .thirdGeneration))
        case .secondGeneration: return (.secondGeneration, strength(of: .secondGeneration))
        }
    }

    private func strength(of technology: NetworkTechnology) -> SignalStrength {
        SignalStrength(surroundings["signal_strength"]?[technology.rawValue]) ?? .none
    }

    /// Whether mobile data work.
    var hasWorkingData: Bool {
        if self[.airplaneMode] || signal == .none || connection == .noService { return false }
        if surroundings["is_abroad"]?.pythonTruth == true {
            guard self[.roaming], surroundings["roaming_allowed"]?.pythonTruth == true else { return false }
        }
        return self[.mobileData] && surroundings["mobile_data_usage_exceeded"]?.pythonTruth != true
    }

    /// Sets the preferred mode and searches; false when the text names no mode, which changes nothing.
    ///
    /// Anything that is no text is stored as it is.
    mutating func preferNetworkMode(_ mode: JSONValue) throws(PythonException) -> Bool {
        if case .string = mode, NetworkMode(mode) == nil { return false }
        device["network_mode_preference"] = mode
        try searchNetwork()
        return true
    }

    /// Flips airplane mode, which ends Wi-Fi and VPN connections, and searches.
    mutating func toggleAirplaneMode() throws(PythonException) -> Bool {
        if flip(.airplaneMode) {
            leaveWiFi()
            if self[.vpnConnected] { disconnectVPN() }
        } else {
            connection = .searching
            if self[.wifi] { leaveWiFi() }
        }
        try searchNetwork()
        return self[.airplaneMode]
    }

    /// Flips a switch and searches.
    mutating func toggleAndSearch(_ flag: Flag) throws(PythonException) -> Bool {
        let isOn = flip(flag)
        try searchNetwork()
        return isOn
    }

    /// Flips Wi-Fi; nil in airplane mode, in which nothing happens.
    mutating func toggleWiFi() -> Bool? {
        guard !self[.airplaneMode] else { return nil }
        let isOn = flip(.wifi)
        if !isOn { leaveWiFi() }
        return isOn
    }
}
