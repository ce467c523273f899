import JSON

extension PauseWorld {
    /// Keeps a decision in the trace.
    mutating func note(_ call: PauseCall, _ gate: GateRecord.Gate, granted: Bool, _ reason: String) {
        gateTrace.append(GateRecord(tool: call.fullName, gate: gate, granted: granted, reason: reason))
    }

    /// Lets through who has the permission.
    mutating func require(
        _ permission: PausePermission, for call: PauseCall, _ message: String
    ) throws(ToolStop) {
        let granted = store.profile.allows(permission)
        let gate: GateRecord.Gate =
            switch permission {
            case .rawData: .rawData
            case .userNotes: .userNotes
            case .purchase: .purchase
            case .medAssistant: .medAssistant
            }
        note(call, gate, granted: granted, "\(permission.rawValue) is \(granted ? "on" : "off")")
        guard granted else { throw .refused(code: "PERMISSION_DENIED", message: message) }
    }

    /// Lets through members.
    mutating func requireVIP(for call: PauseCall, _ message: String) throws(ToolStop) {
        let granted = isVIP
        note(call, .vip, granted: granted, granted ? "the membership is active" : "no active membership")
        guard granted else { throw .refused(code: "SUBSCRIPTION_REQUIRED", message: message) }
    }

    /// Whether the membership is active.
    var isVIP: Bool { store.profile.json["shopping"]?["wallet"]?["vip"]?.boolValue ?? false }

    /// The source and device of a day whose data can be seen; nil otherwise, which is no error.
    mutating func visibleSource(
        on day: CalendarDay, for call: PauseCall
    ) -> (source: String, device: String?)? {
        let visible = store.profile.visibleSource(on: day)
        note(
            call, .dayVisibility, granted: visible != nil,
            visible.map { "\(day) has data of \($0.source)" } ?? "\(day) has no visible data")
        return visible
    }

    /// The days of a range whose data can be seen, in order; noted once for the whole range.
    mutating func visibleDays(in range: ClosedRange<CalendarDay>, for call: PauseCall) -> [CalendarDay] {
        let days = store.profile.visibleDays.filter(range.contains)
        let all = range.lowerBound.distance(to: range.upperBound) + 1
        note(call, .dayVisibility, granted: !days.isEmpty, "\(days.count) of \(all) days have visible data")
        return days
    }

    /// The number of the present call of a tool that makes identifiers, from 1.
    func callIndex(_ call: PauseCall) -> Int { callCounts[call.tool] ?? 1 }

    /// A new identifier for the present call.
    func identifier(_ prefix: PauseID.Prefix, _ call: PauseCall) -> String {
        PauseID.make(prefix, seed: idSeed, tool: call.tool, callIndex: callIndex(call))
    }

    /// The seed of identifiers.
    var idSeed: Int { options.seed ?? store.meta.seed }

    /// Whether the original's quirks are shown.
    var showsQuirks: Bool { options.compatibility == .source }
}
