extension ToolBlueprint {
    /// The medical assistant.
    static let medicalTools: [ToolBlueprint] = [
        .init("med-get_user_profile", "What the health providers know of the user."),
        .init("med-get_provider_list", "The health providers with doctor, clinic and address."),
        .init(
            "med-get_resources", "The user's appointments or care plans.",
            [.text("resource_type", "Which of them.", among: ["appointments", "care_plans"])]),
        .init(
            "med-create_appointment", "Asks for an appointment; it is pending until the user has paid its fee.",
            [
                .text("provider_id", "The provider's id."), .text("date", "The day, as YYYY-MM-DD."),
                .text("time", "When it begins, as HH:MM."), .integer("duration", "Minutes.", from: 1),
                .text("reason", "What it is about."),
            ]),
        .init(
            "med-cancel_appointment", "Cancels an appointment.",
            [.text("appointment_id", "The appointment's id.")]),
        .init(
            "med-update_user_profile", "Changes what the health providers know; what is not given stays.",
            profileParameters),
    ]
}
