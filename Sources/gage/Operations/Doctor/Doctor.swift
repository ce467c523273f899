import Evaluation
import GageConfiguration
import Storage
import Transport

/// Looks at everything that a run needs, and changes nothing.
struct Doctor {
    let components: Components
    /// The configuration that is to be run; nil to look at the machine alone.
    let plan: Plan?
    let outputDirectory: String
    let environment: [String: String]
    let currentDirectory: String

    /// Everything that was looked at, in a fixed order.
    func findings() async -> [Finding] {
        var findings = [Finding.ok("gage", Gage.version)]
        findings += libraries()
        findings += MachineCheck.findings(MachineCheck.figures())
        findings.append(PlaceCheck.disk("disk", outputDirectory))
        findings.append(PlaceCheck.disk("temporary files", environment["TMPDIR"] ?? "/tmp"))
        findings += PlaceCheck.ports()
        findings += await EngineCheck.findings(plan, environment: environment)
        findings += ProgramCheck.findings(path: environment["PATH"] ?? "/usr/bin:/bin")
        findings.append(keys())
        if let plan {
            findings += PlanCheck.backends(plan, components)
            findings += await PlanCheck.datasets(plan)
        }
        findings += DataCheck.findings(
            Components.dataPackages, environment: environment, baseDirectory: currentDirectory)
        return findings
    }

    private func libraries() -> [Finding] {
        let transport = Finding.ok("libcurl", TransportLibrary.version)
        do {
            let storage = try StorageLibrary()
            guard storage.hasFullTextSearch else {
                return [
                    .warn("SQLite", "\(storage.version) without FTS5: the viewer searches without an index"), transport,
                ]
            }
            return [.ok("SQLite", "\(storage.version) with FTS5"), transport]
        } catch {
            return [.fail("SQLite", error.message), transport]
        }
    }

    /// Which keys the environment has, by name and never by value.
    private func keys() -> Finding {
        let names = environment.keys.filter { $0.hasSuffix("_API_KEY") || $0 == "HF_TOKEN" }
            .filter { environment[$0]?.isEmpty == false }.sorted()
        return .ok("keys", names.isEmpty ? "none in the environment" : names.joined(separator: ", "))
    }
}
