public import Evaluation
public import JSON

/// The tools of the platform, as they are shown to models.
public enum PauseTools {
    /// Where a tool belongs.
    public enum Family: String, Sendable, CaseIterable {
        /// Data, records, notes, reminders and settings of the platform.
        case platform
        /// The shop.
        case shopping
        /// Raw data and goals of one source; offered under the source's name, once discovered.
        case source
        /// The medical assistant; offered once discovered.
        case medical
        /// What only the user may do.
        case user
    }

    /// The tools of a family in the order in which models see them; source tools without their prefix.
    public static func definitions(
        _ family: Family, compatibility: PauseCompatibility = .none
    ) -> [ToolDefinition] {
        blueprints(family, compatibility: compatibility).map { $0.definition() }
    }

    /// What an assistant is offered before it has discovered anything: platform and shop.
    public static func assistantTools(compatibility: PauseCompatibility = .none) -> [ToolDefinition] {
        definitions(.platform, compatibility: compatibility) + definitions(.shopping, compatibility: compatibility)
    }

    /// A source's tools under their prefixed names, such as `fitbit-get_intraday_steps`.
    public static func sourceTools(
        of source: String, compatibility: PauseCompatibility = .none
    ) -> [ToolDefinition] {
        blueprints(.source, compatibility: compatibility).map { $0.definition(named: "\(source)-\($0.name)") }
    }

    /// The names of the tools that only the user may call.
    public static let userToolNames = Set(ToolBlueprint.userTools.map(\.name))

    /// The definitions as a list of bare function objects, as Gemini takes them.
    public static func bareFunctions(_ definitions: [ToolDefinition]) -> JSONValue {
        .array(definitions.compactMap { $0.json["function"] })
    }

    static func blueprints(_ family: Family, compatibility: PauseCompatibility) -> [ToolBlueprint] {
        let all =
            switch family {
            case .platform: ToolBlueprint.wearable + ToolBlueprint.records + ToolBlueprint.notesAndSettings
            case .shopping: ToolBlueprint.shop
            case .source: ToolBlueprint.sourceTools
            case .medical: ToolBlueprint.medicalTools
            case .user: ToolBlueprint.userTools
            }
        return compatibility == .source ? all.filter { !$0.isExtension } : all
    }
}
