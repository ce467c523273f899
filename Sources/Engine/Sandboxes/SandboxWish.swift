import Evaluation
import GageConfiguration
import JSON

/// Which sandbox an episode asks for: what the adapter says, and what its sample says over that.
struct SandboxWish: Sendable {
    /// The profile; nil when nobody names one.
    var profile: String?
    /// How long the sandbox lives.
    var lifecycle: SandboxLifecycle
    private let adapterProfile: String?
    private let adapterOverrides: JSONObject
    private let sampleOverrides: JSONObject
    private let sampleProfile: String?

    /// The keys of a sample's `sandbox` that say which sandbox it is, not how it is set up.
    private static let selectionKeys = ["sandbox_id", "template_name", "lifecycle"]

    init(planned: PlannedSandbox?, sample: Sample) {
        var overrides = sample.sandbox ?? [:]
        sampleProfile = (overrides["sandbox_id"] ?? overrides["template_name"])?.stringValue
        let wanted = overrides["lifecycle"]?.stringValue.flatMap(SandboxLifecycle.init)
        for key in Self.selectionKeys { overrides[key] = nil }
        sampleOverrides = overrides
        adapterProfile = planned?.profileID
        adapterOverrides = planned?.overrides ?? [:]
        profile = sampleProfile ?? adapterProfile
        lifecycle = wanted ?? planned?.lifecycle ?? .perSample
    }

    /// The settings of a sandbox of this profile: the profile's own, the adapter's over them, the sample's over both.
    ///
    /// What adapter and sample say counts only for the profile that they mean.
    func settings(of profile: PlannedSandboxProfile) -> JSONObject {
        var settings = profile.settings
        if adapterProfile == profile.id { settings.deepMerge(adapterOverrides) }
        if sampleProfile == nil || sampleProfile == profile.id { settings.deepMerge(sampleOverrides) }
        return settings
    }
}
