import JSON

extension ToolBlueprint {
    /// Meals, sessions and the profile.
    static let records: [ToolBlueprint] = [
        .init(
            "get_session_records", "Sessions such as study, work or meditation in a range of days.",
            [.startDate, .endDate]),
        .init(
            "get_meal_records", "Meals in a range of days, with foods and total kilocalories.",
            [.startDate, .endDate]),
        .init(
            "analysis_meal", "What one recorded meal contains: kilocalories, sugar, fibre and fat.",
            [.text("record_id", "The meal's record id.")]),
        .init(
            "create_session_record", "Writes down a session.",
            [
                .text("start_time", "When it began, as YYYY-MM-DDTHH:MM:SS."),
                .text("end_time", "When it ended, as YYYY-MM-DDTHH:MM:SS."),
                .text("session_type", "What it was, such as study or meditation."),
                .text("user_note", "What the user wants to remember of it.").optional,
            ]),
        .init(
            "create_meal_record", "Writes down a meal; the platform works out what it contains.",
            [
                .text("timestamp", "When it was eaten, as YYYY-MM-DDTHH:MM:SS."),
                .list("items", "What was eaten.", of: mealItem),
            ]),
        .init(
            "delete_record", "Deletes a session or a meal. Workouts cannot be deleted.",
            [.text("record_id", "The record's id.")]),
        .init(
            "get_user_profile",
            "Who the user is on the platform: basics, health risks, dietary restrictions, preferences, daily goals."),
        .init(
            "update_profile", "Changes the user's profile; what is not given stays.",
            profileParameters + [
                .object(
                    "preferences", "Preferences; a list that is given replaces the old one.",
                    ["sport": .object(textList), "food": .object(textList)]
                ).optional,
                .object(
                    "daily_goal", "Daily goals; those not given stay.",
                    JSONObject(
                        entries: ["steps", "calories_intake", "calories_burn", "AZM", "mets"]
                            .map { (key: $0, value: ["type": "number"]) })
                ).optional,
            ]),
    ]

    /// What can be changed of the basics, on the platform and with the health providers.
    static let profileParameters: [Parameter] = [
        Parameter.object(
            "basic_info", "Basics; those not given stay.",
            [
                "name": ["type": "string"], "age": ["type": "integer", "minimum": 0],
                "gender": ["type": "string"],
            ]
        ).optional,
        Parameter.list("health_risks", "All health risks; replaces the old list.", of: ["type": "string"]).optional,
        Parameter.list(
            "dietary_restrictions", "All dietary restrictions; replaces the old list.", of: ["type": "string"]
        ).optional,
    ]

    private static let textList: JSONObject = ["type": "array", "items": ["type": "string"]]

    private static let mealItem: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string", "description": "The food."],
            "amount": [
                "type": "object", "description": "How much of it.",
                "properties": [
                    "value": ["type": "number", "description": "The amount."],
                    "unit": ["type": "string", "description": "The unit, such as g or ml."],
                ],
                "required": ["value", "unit"],
            ],
        ],
        "required": ["name", "amount"],
    ]
}
