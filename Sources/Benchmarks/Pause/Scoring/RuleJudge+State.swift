import JSON

extension RuleJudgeSession {
    /// One thing that has to be true of the profile at the end.
    ///
    /// Conditions without a target are the way there (a permission, a membership): they explain changes, see
    /// ``checkCollateral()``, and are not demanded.
    mutating func checkState(_ condition: PauseGold.StateCondition) {
        guard let target = condition.target else { return }
        let failure = self.failure(of: condition)
        note(.finalState, target: target, failure == nil, failure ?? "\(condition.path) is as expected")
    }

    private func failure(of condition: PauseGold.StateCondition) -> String? {
        let path = condition.listPath
        let records = change.records.first { $0.path == path }
        switch condition.kind {
        case .added:
            let wanted = condition.value.arrayValue ?? []
            let missing = Self.unmatched(wanted, in: records?.added ?? [])
            return missing.first.map { "\(path) lacks a new record like \($0.text())" }
        case .removed:
            let wanted = (condition.value.arrayValue ?? []).compactMap(\.stringValue)
            let left = wanted.filter { !(records?.removed ?? []).contains($0) }
            return left.isEmpty ? nil : "\(path) still has \(left.joined(separator: ", "))"
        case .changed:
            for wanted in condition.value.arrayValue ?? [] {
                guard let record = finalRecord(like: wanted, in: path), Self.matches(.object(record), wanted) else {
                    return "\(path) has no record that is now like \(wanted.text())"
                }
            }
            return nil
        case .value:
            let found = JSONPath(condition.path)?.value(in: log.finalProfile) ?? .null
            if Self.matches(found, condition.value) { return nil }
            return "\(condition.path) is \(found.text()), not \(condition.value.text())"
        }
    }

    private func finalRecord(like wanted: JSONValue, in path: String) -> JSONObject? {
        guard let key = ProfileChange.identifier(of: path), let id = wanted[key] else { return nil }
        let list = JSONPath(path)?.value(in: log.finalProfile)?.arrayValue ?? []
        return list.first { $0[key] == id }?.objectValue
    }

    /// Nothing changed but what the final state names; what the user may set (settings, balance) is looked at
    /// elsewhere.
    mutating func checkCollateral() {
        var unexpected: [String] = []
        for records in change.records where !isFree(records.path) {
            let conditions = gold.finalState.filter { $0.listPath == records.path }
            let added = conditions.filter { $0.kind == .added }.flatMap { $0.value.arrayValue ?? [] }
            let extra = Self.surplus(records.added, over: added)
            if extra > 0 { unexpected.append("\(extra) new in \(records.path)") }
            let removed = conditions.filter { $0.kind == .removed }.flatMap { $0.value.arrayValue ?? [] }
            unexpected += records.removed.filter { !removed.contains(.string($0)) }.map {
                "\($0) gone from \(records.path)"
            }
            let key = ProfileChange.identifier(of: records.path) ?? ""
            let changed = conditions.filter { $0.kind == .changed }.flatMap { $0.value.arrayValue ?? [] }
            unexpected += records.changed.filter { id in !changed.contains { $0[key]?.stringValue == id } }.map {
                "\($0) changed in \(records.path)"
            }
        }
        for (path, value) in change.values where !isFree(path) {
            let isNamed = gold.finalState.contains { $0.kind == .value && Self.path($0.path, covers: path) }
            if !isNamed { unexpected.append("\(path) is now \(value.text())") }
        }
        note(
            .collateral, unexpected.isEmpty,
            unexpected.isEmpty ? "nothing else changed" : "also changed: \(unexpected.joined(separator: "; "))")
    }

    /// Parts of the profile that the user changes, or that the shopping score looks at.
    private func isFree(_ path: String) -> Bool {
        if path == "system_settings" || path.hasPrefix("system_settings.") { return true }
        if path == "shopping.wallet.balance" { return true }
        return isShopping && (path == "shopping" || path.hasPrefix("shopping."))
    }

    private static func path(_ named: String, covers path: String) -> Bool {
        path == named || path.hasPrefix(named + ".")
    }

    /// Whether a value has everything that is wanted; `"*"` stands for anything but nothing.
    static func matches(_ value: JSONValue, _ wanted: JSONValue) -> Bool {
        switch (value, wanted) {
        case (.null, .string("*")): return false
        case (_, .string("*")): return true
        case (.object(let value), .object(let wanted)):
            return wanted.allSatisfy { member in matches(value[member.key] ?? .null, member.value) }
        case (.array(let value), .array(let wanted)):
            return value.count == wanted.count && zip(value, wanted).allSatisfy { matches($0, $1) }
        default: break
        }
        if let value = value.doubleValue, let wanted = wanted.doubleValue { return abs(value - wanted) < 0.005 }
        return value == wanted
    }

    /// The wanted records that no record matches; each record serves once.
    static func unmatched(_ wanted: [JSONValue], in records: [JSONObject]) -> [JSONValue] {
        var left = records
        return wanted.filter { item in
            guard let place = left.firstIndex(where: { matches(.object($0), item) }) else { return true }
            left.remove(at: place)
            return false
        }
    }

    private static func surplus(_ records: [JSONObject], over wanted: [JSONValue]) -> Int {
        records.count - (wanted.count - unmatched(wanted, in: records).count)
    }
}

extension PauseGold.StateCondition {
    /// How a condition reads the profile.
    enum Kind {
        case value, added, removed, changed
    }

    /// The kind, by the last sign of the path: `+`, `-`, `~` for records with changed members, none for a value.
    var kind: Kind {
        switch path.last {
        case "+": .added
        case "-": .removed
        case "~": .changed
        default: .value
        }
    }

    /// The path without that sign.
    var listPath: String { kind == .value ? path : String(path.dropLast()) }
}
