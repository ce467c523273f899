import JSON

/// What a speed test finds.
struct SpeedTest {
    /// Megabits a second, rounded to hundredths.
    var speed: Double
    var verdict: Verdict

    /// A word for a speed.
    enum Verdict: String {
        case veryPoor = "Very Poor"
        case poor = "Poor"
        case fair = "Fair"
        case good = "Good"
        case excellent = "Excellent"

        init(speed: Double) {
            switch speed {
            case ..<1: self = .veryPoor
            case ..<5: self = .poor
            case ..<25: self = .fair
            case ..<100: self = .good
            default: self = .excellent
            }
        }

        /// What the speed is good for.
        var advice: String {
            switch self {
            case .veryPoor: "Connection is very slow. Basic web browsing might be difficult."
            case .poor: "Connection is slow. Web browsing may be sluggish, streaming difficult."
            case .fair: "Connection is okay for web browsing and some standard definition streaming."
            case .good: "Connection is good for most activities, including HD streaming."
            case .excellent: "Connection is very fast."
            }
        }
    }

    /// What the verdict is called where there is no connection to test.
    static let noConnection = "No Connection"
}

extension Phone {
    /// The speed of mobile data, or nil where they do not work.
    func testSpeed() -> SpeedTest? {
        guard hasWorkingData else { return nil }
        var factor = 1.0
        if self[.vpnConnected], device["vpn_details"]?["server_performance"] == VPNPerformance.poor.json {
            factor = 0.1
        }
        if self[.dataSaver] { factor *= 0.2 }
        let speed = pythonRoundedToCents(technology.averageSpeed * signal.speedFactor * factor)
        return SpeedTest(speed: speed, verdict: .init(speed: speed))
    }

    /// What the speed test shows.
    var speedReport: String {
        guard let test = testSpeed() else { return "Speed test failed: \(SpeedTest.noConnection)." }
        let figure = "\(pythonFixedText(test.speed)) Mbps (\(test.verdict.rawValue))"
        return "Speed Test Result: \(figure). \(test.verdict.advice)"
    }
}

extension NetworkTechnology {
    /// Megabits a second, in the middle of what the technology gives.
    fileprivate var averageSpeed: Double {
        switch self {
        case .none: 0
        case .secondGeneration: (0.1 + 0.4) / 2
        case .thirdGeneration: (1.0 + 5.0) / 2
        case .fourthGeneration: (10.0 + 100.0) / 2
        case .fifthGeneration: (50.0 + 500.0) / 2
        }
    }
}

extension SignalStrength {
    /// Which part of a technology's speed is left.
    fileprivate var speedFactor: Double {
        switch self {
        case .none: 0
        case .poor: 0.2
        case .fair: 0.5
        case .good: 0.8
        case .excellent: 1
        }
    }
}
