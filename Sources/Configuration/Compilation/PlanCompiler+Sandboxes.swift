import Evaluation
import JSON

extension PlanCompiler {
    mutating func planSandboxProfiles() {
        for entry in document.sandboxProfiles.entries where !entry.id.isEmpty {
            guard let registration = sandboxRuntime(of: entry) else { continue }
            let shared = share(
                entry.node, own: SandboxProfileEntry.fieldDescriptions, with: ComponentKeys(registration))
            guard let runtime = registration.make(from: shared.component, into: &diagnostics),
                !sandboxProfiles.contains(where: { $0.id == entry.id })
            else { continue }
            sandboxProfiles.append(
                PlannedSandboxProfile(
                    id: entry.id, runtimeKey: registration.key, runtime: runtime,
                    settings: shared.component.json.objectValue ?? [:], poolSize: entry.poolSize))
        }
    }

    private mutating func sandboxRuntime(
        of entry: Entry<SandboxProfileEntry>
    ) -> Registration<any SandboxRuntime>? {
        if let node = entry.field("runtime") { return component(node, in: registry.sandboxRuntimes) }
        if let registration = registry.sandboxRuntimes[entry.runtime] { return registration }
        diagnostics.error(
            "missing key 'runtime'", at: entry.node,
            advice: NearMiss.advice(entry.runtime, among: registry.sandboxRuntimes.suggestions))
        return nil
    }

    /// What an adapter asks for, its overrides checked as part of the profile.
    mutating func planSandbox(_ sandbox: Entry<AdapterSandbox>?) -> PlannedSandbox? {
        guard let sandbox,
            let profile = document.sandboxProfiles.entries.first(where: { $0.id == sandbox.sandboxID }),
            let index = sandboxProfiles.firstIndex(where: { $0.id == profile.id }),
            let registration = registry.sandboxRuntimes[sandboxProfiles[index].runtimeKey]
        else { return nil }
        let keys = ComponentKeys(registration)
        let shared = share(
            sandbox.node, own: AdapterSandbox.fieldDescriptions, with: keys, showsDefaults: false)
        if shared.component.entries?.isEmpty == false {
            let base = share(profile.node, own: SandboxProfileEntry.fieldDescriptions, with: keys).component
            _ = registration.make(from: base.overridden(by: shared.component), into: &diagnostics)
        }
        if let poolSize = sandbox.poolSize {
            sandboxProfiles[index].poolSize = max(poolSize, sandboxProfiles[index].poolSize ?? 0)
        }
        return PlannedSandbox(
            profileID: profile.id, lifecycle: sandbox.lifecycle, overrides: shared.component.json.objectValue ?? [:])
    }
}

extension ConfigNode {
    /// This mapping with another's entries in it at every depth, the other's places kept.
    fileprivate func overridden(by other: ConfigNode) -> ConfigNode {
        guard case .mapping(var entries) = content, case .mapping(let changes) = other.content else { return other }
        for change in changes {
            if let index = entries.firstIndex(where: { $0.key == change.key }) {
                var merged = change
                merged.value = entries[index].value.overridden(by: change.value)
                entries[index] = merged
            } else {
                entries.append(change)
            }
        }
        var copy = self
        copy.content = .mapping(entries)
        return copy
    }
}
