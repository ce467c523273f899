/// Which code runs for which tool.
enum ToolTable {
    /// A tool with its declaration and its code.
    struct Tool: Sendable {
        let family: PauseTools.Family
        let blueprint: ToolBlueprint
        let handler: ToolHandler
    }

    /// All tools by name; source tools without their prefix.
    static let tools: [String: Tool] = {
        var tools: [String: Tool] = [:]
        for family in PauseTools.Family.allCases {
            for blueprint in PauseTools.blueprints(family, compatibility: .none) {
                // Completeness is tested: every blueprint has its handler.
                guard let handler = handlers[blueprint.name] else { continue }
                tools[blueprint.name] = Tool(family: family, blueprint: blueprint, handler: handler)
            }
        }
        return tools
    }()

    private static let handlers: [String: ToolHandler] =
        WearableTools.handlers
        .merging(RecommendationTools.handlers) { first, _ in first }
        .merging(RecordTools.handlers) { first, _ in first }
        .merging(ProfileTools.handlers) { first, _ in first }
        .merging(NoteTools.handlers) { first, _ in first }
        .merging(SettingsTools.handlers) { first, _ in first }
        .merging(ShopTools.handlers) { first, _ in first }
        .merging(SourceTools.handlers) { first, _ in first }
        .merging(MedicalTools.handlers) { first, _ in first }
        .merging(UserTools.handlers) { first, _ in first }
}
