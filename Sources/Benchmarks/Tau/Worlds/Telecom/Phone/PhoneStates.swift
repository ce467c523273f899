/// What the SIM card of a phone is.
enum SIMStatus: String, TextEnumeration {
    case active
    case missing
    case lockedByPIN = "locked_pin"
    case lockedByPUK = "locked_puk"
}

/// A generation of mobile networks.
enum NetworkTechnology: String, TextEnumeration {
    case none
    case secondGeneration = "2G"
    case thirdGeneration = "3G"
    case fourthGeneration = "4G"
    case fifthGeneration = "5G"
}

/// How well a phone receives.
enum SignalStrength: String, TextEnumeration {
    case none
    case poor
    case fair
    case good
    case excellent
}

/// Whether a phone has a network.
enum ConnectionStatus: String, TextEnumeration {
    case connected
    case searching
    case noService = "no_service"
    case emergencyOnly = "emergency_only"
}

/// Which networks a phone may use.
enum NetworkMode: String, TextEnumeration {
    case preferFastest = "4g_5g_preferred"
    case fourthGeneration = "4g_only"
    case thirdGeneration = "3g_only"
    case secondGeneration = "2g_only"
}

/// The access point to the provider's network.
enum AccessPointName: String, TextEnumeration {
    case internet
    case broken
}

/// How fast a VPN is.
enum VPNPerformance: String, TextEnumeration {
    case unknown
    case poor
    case fair
    case good
    case excellent
}
