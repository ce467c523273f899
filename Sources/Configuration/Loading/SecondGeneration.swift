import Evaluation

/// Recognizes the sections of the format that came after this one, which means something else.
enum SecondGeneration {
    private static let instead = [
        "agents": "write 'agent_backends', and a role adapter of role_type dut_agent",
        "dut_agents": "write a role adapter of role_type dut_agent",
        "environments": "write 'sandbox_profiles'",
        "benchmarks": "write a data set with the benchmark's loader, and role adapters with its implementations",
        "trial_policy": "write 'trials' in a task",
        "scene": "leave it out",
        "task": "write 'tasks'",
    ]

    /// The document without those sections; each is reported, with what to write instead.
    static func refused(in document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        for entry in document.entries ?? [] {
            guard let advice = instead[entry.key] else { continue }
            diagnostics.add(
                Diagnostic(
                    .error, "'\(entry.key)' belongs to a later format, which gage does not read",
                    location: entry.keyLocation, path: entry.key, advice: advice))
        }
        return document.without(Set(instead.keys))
    }
}
