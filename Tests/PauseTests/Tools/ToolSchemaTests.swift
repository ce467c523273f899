import Evaluation
import JSON
import Testing

@testable import Pause

@Suite("P9 and P52: the tools' schemas")
struct ToolSchemaTests {
    /// Names with their parameters, the optional ones with a question mark.
    private static let expected: [PauseTools.Family: [String: [String]]] = [
        .platform: [
            "get_daily_summary": ["date"], "get_range_summary": ["start_date", "end_date"],
            "get_hourly_steps": ["date", "start", "end"], "get_hourly_calories": ["date", "start", "end"],
            "get_hourly_mets": ["date", "start", "end"], "get_hourly_activity": ["date", "start", "end"],
            "get_daily_sleep_summary": ["date"],
            "plot_time_series": ["start_time", "granularity", "time_series", "unit?"],
            "recommend_sports": ["recent_sports_records", "preference", "intensity"],
            "recommend_health_food": ["preference"], "get_sport_records": ["start_date", "end_date"],
            "get_daily_heart_rate": ["date"], "get_daily_vitals": ["date"],
            "get_session_records": ["start_date", "end_date"], "get_meal_records": ["start_date", "end_date"],
            "analysis_meal": ["record_id"],
            "create_session_record": ["start_time", "end_time", "session_type", "user_note?"],
            "create_meal_record": ["timestamp", "items"], "delete_record": ["record_id"], "get_user_profile": [],
            "update_profile": [
                "basic_info?", "health_risks?", "dietary_restrictions?", "preferences?", "daily_goal?",
            ],
            "list_notes": ["start_date", "end_date"], "add_note": ["note"], "delete_note": ["note_id"],
            "list_daily_reminders": [], "create_daily_reminder": ["title", "time_of_day", "repeat_days"],
            "delete_daily_reminder": ["reminder_id"], "get_system_settings": [],
            "get_source_features": ["source_name"], "get_med_features": [],
        ],
        .shopping: [
            "browse_items": ["page"], "inspect_item": ["product_id"],
            "add_to_cart": ["product_id", "size", "quantity"], "remove_from_cart": ["cart_item_id"], "get_cart": [],
            "get_wallet": [], "prepare_order": ["voucher_id?"], "upgrade_membership_request": ["vip_duration"],
            "get_transactions": [],
        ],
        .source: [
            "get_intraday_intensities": ["date", "start?", "end?"], "get_intraday_mets": ["date", "start?", "end?"],
            "get_intraday_calories": ["date", "start?", "end?"], "get_intraday_steps": ["date", "start?", "end?"],
            "create_activity_plan": ["goal_type", "value"], "get_activity_plan": [],
            "get_intraday_heart_rate": ["date", "start?", "end?"], "get_intraday_spo2": ["date"],
            "get_intraday_stress": ["date"],
        ],
        .medical: [
            "med-get_user_profile": [], "med-get_provider_list": [], "med-get_resources": ["resource_type"],
            "med-create_appointment": ["provider_id", "date", "time", "duration", "reason"],
            "med-cancel_appointment": ["appointment_id"],
            "med-update_user_profile": ["basic_info?", "health_risks?", "dietary_restrictions?"],
        ],
        .user: [
            "update_source": ["source_name", "allow"], "set_raw_data_permission": ["allow"],
            "set_user_notes_permission": ["allow"], "set_purchase_permission": ["allow"],
            "set_med_assistant_permission": ["allow"], "top_up_wallet": ["amount"],
            "authorize_checkout": ["transaction_id"], "set_spending_limit": ["limit"],
        ],
    ]

    @Test("P9: names and parameters of every family are those of the platform", arguments: PauseTools.Family.allCases)
    func names(_ family: PauseTools.Family) throws {
        let definitions = PauseTools.definitions(family)
        let found = Dictionary(
            uniqueKeysWithValues: definitions.map { definition in
                let required = Set(
                    definition.parameters["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
                let names = definition.parameters["properties"]?.objectValue?.keys ?? []
                return (definition.name, names.map { required.contains($0) ? $0 : $0 + "?" })
            })
        #expect(found == Self.expected[family])
    }

    @Test("P9: there are 62 tools, 55 of the original, and code for each")
    func count() {
        let all = PauseTools.Family.allCases.flatMap { PauseTools.definitions($0) }
        let original = PauseTools.Family.allCases.flatMap { PauseTools.definitions($0, compatibility: .source) }
        #expect(all.count == 62)
        #expect(original.count == 55)
        #expect(Set(all.map(\.name)) == Set(ToolTable.tools.keys))
        #expect(all.allSatisfy { !($0.description ?? "").isEmpty })
    }

    @Test("P9: every schema is a valid JSON Schema of an object")
    func validity() throws {
        for definition in PauseTools.Family.allCases.flatMap({ PauseTools.definitions($0) }) {
            #expect(definition.parameters["type"] == "object", "\(definition.name)")
            let properties = try #require(definition.parameters["properties"]?.objectValue)
            for (name, schema) in properties { try check(schema, "\(definition.name).\(name)") }
        }
    }

    private func check(_ schema: JSONValue, _ place: String) throws {
        let types = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? [schema["type"]?.stringValue ?? ""]
        let known: Set = ["string", "integer", "number", "boolean", "array", "object", "null"]
        #expect(known.isSuperset(of: types), "\(place)")
        if types == ["array"] { try check(try #require(schema["items"], "\(place) needs items"), place + "[]") }
        for (name, nested) in schema["properties"]?.objectValue ?? [:] { try check(nested, "\(place).\(name)") }
        for name in schema["required"]?.arrayValue ?? [] {
            #expect(schema["properties"]?[name.stringValue ?? ""] != nil, "\(place)")
        }
        if let values = schema["enum"]?.arrayValue { #expect(Set(values).count == values.count, "\(place)") }
    }

    @Test("P52: Gemini's form is a list of bare function objects")
    func bareFunctions() throws {
        let definitions = PauseTools.definitions(.medical)
        let bare = try #require(PauseTools.bareFunctions(definitions).arrayValue)
        #expect(bare.map { $0["name"]?.stringValue } == definitions.map(\.name))
        for (function, definition) in zip(bare, definitions) {
            #expect(function["function"] == nil && function["type"] == nil)
            #expect(function == definition.json["function"])
        }
        var platform = try Platform(PauseWorldOptions(describesBareFunctions: true))
        platform.grant(.rawData)
        let tools = platform.assistant("get_source_features", ["source_name": "fitbit"]).value["tools"]
        #expect(tools?[0]?["name"] == "fitbit-get_intraday_intensities")
    }

    @Test("A source's tools carry its name")
    func prefixes() {
        let tools = PauseTools.sourceTools(of: "oura", compatibility: .source)
        #expect(tools.count == 6)
        #expect(tools.allSatisfy { $0.name.hasPrefix("oura-") })
    }
}
