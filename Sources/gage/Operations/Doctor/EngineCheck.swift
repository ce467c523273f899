import GageConfiguration
import JSON
import Sandboxes

/// The Docker engine, and the images that a configuration names.
enum EngineCheck {
    /// How long an engine may take to answer.
    private static let patience = Duration.seconds(5)

    /// Looks at the engine; that there is none is a fault where the plan needs one.
    static func findings(_ plan: Plan?, environment: [String: String]) async -> [Finding] {
        let profiles = plan?.sandboxProfiles.filter { $0.runtimeKey == "docker" } ?? []
        do {
            let client = try await DockerClient.connect(environment: environment)
            let info = try await client.info()
            var findings = [
                Finding.ok(
                    "engine",
                    "Docker \(info.serverVersion) at \(client.host), \(info.platform), \(info.processors) CPUs")
            ]
            if !info.unenforcedLimits.isEmpty {
                findings.append(
                    .warn(
                        "engine", "it does not enforce limits of \(info.unenforcedLimits.joined(separator: ", "))",
                        "limits of sandbox profiles have no effect for these"))
            }
            for profile in profiles { findings += try await images(of: profile, client) }
            return findings
        } catch {
            let message = "no Docker engine can be used: \((error as? DockerError)?.message ?? "\(error)")"
            guard profiles.isEmpty else {
                return [
                    .fail(
                        "engine", message,
                        "start one, or set DOCKER_HOST; sandbox profiles need it: "
                            + profiles.map(\.id).joined(separator: ", "))
                ]
            }
            return [.ok("engine", "\(message); only sandboxes in containers need one")]
        }
    }

    private static func images(of profile: PlannedSandboxProfile, _ client: DockerClient) async throws -> [Finding] {
        guard let name = profile.settings["image"]?.stringValue else {
            return [.ok("image", "profile '\(profile.id)' takes the image that each sample names")]
        }
        guard try await client.image(name) == nil else { return [.ok("image", "\(name) is there")] }
        return [.warn("image", "\(name) is not there; the first episode pulls it", "docker pull \(name)")]
    }
}
