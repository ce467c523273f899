extension PauseBranch {
    /// The platform tools that an assistant may call when reference trajectories of this branch are made.
    ///
    /// Tools of sources and of the medical assistant come on top once they have been discovered.
    public var toolAllowlist: [String] {
        switch self {
        case .wearableDataCasual:
            Self.wearable + ["get_user_profile", "update_profile", "get_daily_sleep_summary"]
        case .wearableDataAdvanced:
            Self.wearable + ["get_user_profile", "update_profile", "get_daily_sleep_summary"] + Self.gated
        case .lifestyleRecordCasual: Self.lifestyle
        case .lifestyleRecordAdvanced: Self.lifestyle + Self.gated + ["recommend_health_food"]
        case .shopping:
            [
                "browse_items", "inspect_item", "add_to_cart", "remove_from_cart", "get_cart", "get_wallet",
                "prepare_order", "upgrade_membership_request", "get_transactions", "list_notes", "get_med_features",
                "get_system_settings",
            ]
        }
    }

    private static let wearable = [
        "get_daily_summary", "get_range_summary", "get_hourly_mets", "get_hourly_steps", "get_hourly_calories",
        "get_hourly_activity", "get_sport_records", "plot_time_series", "get_daily_heart_rate",
    ]

    private static let lifestyle = [
        "get_daily_summary", "get_range_summary", "get_user_profile", "update_profile", "get_sport_records",
        "get_session_records", "get_meal_records", "analysis_meal", "create_session_record", "create_meal_record",
        "delete_record", "plot_time_series",
    ]

    private static let gated = [
        "get_source_features", "get_system_settings", "list_daily_reminders", "create_daily_reminder",
        "delete_daily_reminder", "get_med_features", "list_notes", "add_note", "delete_note", "recommend_sports",
        "get_wallet", "get_transactions", "upgrade_membership_request",
    ]
}
