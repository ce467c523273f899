import JSON

/// The medical assistant.
enum MedicalTools {
    static let handlers: [String: ToolHandler] = [
        "med-get_user_profile": profile, "med-get_provider_list": providers, "med-get_resources": resources,
        "med-create_appointment": createAppointment, "med-cancel_appointment": cancelAppointment,
        "med-update_user_profile": updateProfile,
    ]

    /// What an appointment costs.
    static let fee = 5.0

    /// Membership first, then the permission.
    static func requireAccess(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) {
        try world.requireVIP(for: call, "The medical assistant is for members; a VIP membership is needed.")
        try world.require(
            .medAssistant, for: call,
            "The user has not given the permission for the medical assistant (allow_med_assistant).")
    }

    private static func profile(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try requireAccess(&world, call)
        return ["user_profile": world.store.profile.json["med_user_profile"] ?? [:]]
    }

    private static func providers(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try requireAccess(&world, call)
        return [
            "providers": .array(
                world.store.profile.records(.healthProviders).map { provider in
                    .object(
                        JSONObject(
                            entries: ["provider_id", "doctor", "clinic", "address"].map {
                                (key: $0, value: provider[$0] ?? .null)
                            }))
                })
        ]
    }

    private static func resources(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try requireAccess(&world, call)
        let type = try call.text("resource_type")
        guard let list = [RecordList.appointments, .carePlans].first(where: { $0.rawValue == type }) else {
            throw .value("resource_type must be appointments or care_plans, not '\(type)'")
        }
        return [
            "resource_type": .string(type),
            "resources": .array(world.store.profile.records(list).map { .object($0) }),
        ]
    }

    private static func createAppointment(
        _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> JSONValue {
        try requireAccess(&world, call)
        let day = try call.day("date")
        let time = try call.text("time")
        guard isClockTime(time) else { throw .value("time must be HH:MM, not '\(time)'") }
        let duration = try call.integer("duration")
        guard duration > 0 else { throw .value("duration must be above zero") }
        let provider = try call.text("provider_id")
        let known = world.store.profile.records(.healthProviders)
        guard known.contains(where: { $0["provider_id"]?.stringValue == provider }) else {
            throw .value("No provider with the id '\(provider)'")
        }
        let appointment: JSONObject = [
            "appointment_id": .string(world.identifier(.appointment, call)), "provider_id": .string(provider),
            "date": .string(day.description), "time": .string(time), "duration": .init(duration),
            "reason": .string(try call.text("reason")), "status": "pending",
            "transaction_id": .string(world.identifier(.transaction, call)), "fee": JSONValue(fee),
        ]
        world.store.profile.append(appointment, to: .appointments)
        return ["appointment": .object(appointment)]
    }

    private static func isClockTime(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && twoDigits(parts[0], below: 24) != nil && twoDigits(parts[1], below: 60) != nil
    }

    private static func cancelAppointment(
        _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> JSONValue {
        try requireAccess(&world, call)
        let id = try call.text("appointment_id")
        let found = world.store.profile.updateRecord(of: .appointments, where: "appointment_id", is: id) {
            $0["status"] = "cancelled"
        }
        guard found else { throw .value("No appointment with the id '\(id)'") }
        return [
            "appointment_id": .string(id), "status": "cancelled",
            "message": .string("The appointment \(id) is cancelled."),
        ]
    }

    private static func updateProfile(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try requireAccess(&world, call)
        var profile = world.store.profile.json["med_user_profile"]?.objectValue ?? [:]
        _ = try ProfileTools.merge("basic_info", keys: ["name", "age", "gender"], into: &profile, call)
        _ = try ProfileTools.replace("health_risks", in: &profile, call)
        _ = try ProfileTools.replace("dietary_restrictions", in: &profile, call)
        world.store.profile.json["med_user_profile"] = .object(profile)
        return ["user_profile": .object(profile)]
    }
}
