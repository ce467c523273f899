/// A brand of wearables whose data reach the platform, with the device that stands for it.
public struct WearableSource: Sendable, Hashable {
    /// The source's name in tool names and settings.
    public var name: String
    /// The id of its device.
    public var deviceID: String
    /// The kind of device: `watch`, `band` or `ring`.
    public var deviceType: String
    /// Minutes between two step values.
    public var stepMinutes: Int
    /// Minutes between two heart rates; nil where the device has no continuous heart rate.
    public var heartRateMinutes: Int?
    /// How often it measures oxygen saturation.
    public var oxygen: Cadence?
    /// Minutes between two stress values; nil where the device has none.
    public var stressMinutes: Int?
    /// Whether it reports the night's heart rate variability.
    public var hasVariability: Bool

    /// How often something is measured.
    public enum Cadence: Sendable, Hashable {
        /// Once a night.
        case nightly
        /// Every full hour.
        case hourly
    }

    /// All sources, in the order of their enumeration in schemas.
    public static let all: [WearableSource] = [
        .init("fitbit", "fitbit_versa_3", "watch", heartRate: 1, oxygen: .nightly),
        .init("google_fit", "pixel_watch_2", "watch", heartRate: 1),
        .init(
            "apple_health", "apple_watch_series_8", "watch", heartRate: 5, oxygen: .hourly, stress: 60,
            variability: true),
        .init("huawei_health", "huawei_band_8", "band", stress: 60),
        .init("samsung_tracking", "galaxy_watch_5", "watch", heartRate: 1, oxygen: .nightly, stress: 60),
        .init(
            "garmin_connect", "garmin_forerunner_265", "watch", heartRate: 1, oxygen: .nightly, stress: 3,
            variability: true),
        .init("oura", "oura_ring_gen3", "ring", steps: 5, oxygen: .nightly, variability: true),
        .init("xiaomi_mi_fitness", "mi_band_8", "band", heartRate: 10),
        .init("polar_flow", "polar_vantage_v2", "watch", heartRate: 1, variability: true),
        .init("withings", "withings_scanwatch", "watch", oxygen: .nightly),
    ]

    /// The source of that name; nil for one that the platform does not support.
    public static func named(_ name: String) -> WearableSource? { all.first { $0.name == name } }

    private init(
        _ name: String, _ deviceID: String, _ deviceType: String, steps: Int = 1, heartRate: Int? = nil,
        oxygen: Cadence? = nil, stress: Int? = nil, variability: Bool = false
    ) {
        self.name = name
        self.deviceID = deviceID
        self.deviceType = deviceType
        stepMinutes = steps
        heartRateMinutes = heartRate
        self.oxygen = oxygen
        stressMinutes = stress
        hasVariability = variability
    }
}
