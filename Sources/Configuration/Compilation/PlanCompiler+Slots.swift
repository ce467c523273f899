import Evaluation

extension PlanCompiler {
    /// Refuses steps that read what no earlier step writes.
    mutating func checkSlots(of steps: [PlannedStep], _ entries: [Entry<StepEntry>]) {
        var written: Set<EpisodeSlot> = [.messages, .sample]
        for step in steps {
            guard let adapter = step.adapter else { continue }
            let contract = adapter.implementation.contract
            for slot in contract.reads.subtracting(written).sorted() {
                let entry = entries.first { $0.node.location == step.location }
                let node = entry?.field("adapter_id") ?? entry?.node ?? root
                diagnostics.error(
                    "'\(adapter.id)' (\(adapter.implementationKey)) reads '\(slot.rawValue)', which no earlier step writes",
                    at: node, advice: writers(of: slot))
            }
            written.formUnion(contract.writes)
        }
    }

    /// Who could write a slot: the document's adapters, or else registered implementations.
    private mutating func writers(of slot: EpisodeSlot) -> String? {
        let adapters = document.roleAdapters.entries.filter { entry in
            contract(of: entry)?.writes.contains(slot) ?? false
        }
        if !adapters.isEmpty {
            let names = adapters.map { "'\($0.id)'" }.joined(separator: " or ")
            return "put a step with \(names) before it"
        }
        let keys = registry.roles.registrations.filter { registration in
            // Implementations with required parameters cannot be asked; they are simply not suggested.
            var ignored = Diagnostics()
            let empty = ConfigNode.empty(at: root.location, path: "")
            return registration.make(from: empty, into: &ignored)?.contract.writes.contains(slot) ?? false
        }.map(\.key)
        return keys.isEmpty ? nil : "these implementations write it: \(keys.joined(separator: ", "))"
    }

    private mutating func contract(of entry: Entry<RoleAdapterEntry>) -> StepContract? {
        if let known = adapterContracts[entry.id] { return known }
        // What is wrong with the adapter is reported where it is used; here only its contract is wanted.
        let kept = diagnostics
        let contract = planAdapter(entry, in: nil)?.implementation.contract
        diagnostics = kept
        adapterContracts[entry.id] = contract
        return contract
    }
}
