import JSON

/// What differs between two profiles, ids aside: records that came and went, and values that changed.
struct ProfileChange {
    /// A list of records.
    struct Records {
        var path: String
        var added: [JSONObject] = []
        var removed: [String] = []
        var changed: [String] = []
        /// For each changed record its id and the members that are new or different, with their new values.
        var changes: [JSONObject] = []
    }

    /// The lists with differences.
    var records: [Records] = []
    /// Other values that differ: dotted path, new value (null when it is gone).
    var values: [(path: String, value: JSONValue)] = []

    /// Compares a profile with what became of it.
    init(from old: JSONValue, to new: JSONValue) {
        var oldRest = old
        var newRest = new
        for (path, key) in Self.lists {
            let before = Self.take(path, from: &oldRest)
            let after = Self.take(path, from: &newRest)
            let change = Self.compare(before, after, key: key, path: path)
            if !(change.added.isEmpty && change.removed.isEmpty && change.changed.isEmpty) { records.append(change) }
        }
        for difference in oldRest.differences(to: newRest) {
            // A list of plain values counts as one value.
            let names = difference.path.tokens.prefix { Int($0) == nil }
            let path = names.joined(separator: ".")
            guard values.last?.path != path else { continue }
            values.append((path, new[JSONPointer(tokens: Array(names))] ?? .null))
        }
    }

    /// The key that names a record of the list at a path; nil when there is no such list.
    static func identifier(of path: String) -> String? { lists.first { $0.path == path }?.key }

    private static let lists: [(path: String, key: String)] = [
        ("sessions", "record_id"), ("meals", "record_id"), ("notes", "note_id"), ("reminders", "reminder_id"),
        ("care_plans", "plan_id"), ("appointments", "appointment_id"), ("health_providers", "provider_id"),
        ("shopping.transactions", "transaction_id"), ("shopping.cart", "cart_item_id"),
        ("shopping.wallet.vouchers", "voucher_id"), ("system_settings.marketplaces", "source"),
        ("system_settings.devices", "device_id"), ("source_profile", "source"),
    ]

    private static func take(_ path: String, from profile: inout JSONValue) -> [JSONObject] {
        let pointer = JSONPointer(tokens: path.split(separator: ".").map(String.init))
        let list = profile[pointer]?.arrayValue ?? []
        profile[pointer] = nil
        return list.compactMap(\.objectValue)
    }

    private static func compare(
        _ before: [JSONObject], _ after: [JSONObject], key: String, path: String
    ) -> Records {
        var change = Records(path: path)
        var known: [String: JSONObject] = [:]
        for record in before { if let id = record[key]?.stringValue { known[id] = record } }
        var seen: Set<String> = []
        for record in after {
            guard let id = record[key]?.stringValue, let old = known[id] else {
                change.added.append(record)
                continue
            }
            seen.insert(id)
            guard !JSONValue.object(old).isNumericallyEqual(to: .object(record)) else { continue }
            change.changed.append(id)
            change.changes.append(
                JSONObject(entries: record.filter { $0.key == key || old[$0.key] != $0.value }))
        }
        change.removed = before.compactMap { $0[key]?.stringValue }.filter { !seen.contains($0) }
        return change
    }
}
