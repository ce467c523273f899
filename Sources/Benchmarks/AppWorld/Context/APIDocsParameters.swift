import Evaluation

/// The parameters of `appworld_api_docs`.
struct APIDocsParameters: Parameters {
    /// What is shown.
    enum Mode: String, ParameterChoice {
        /// What every interface is for.
        case apiDescriptions = "api_descriptions"
        /// What a search in the app `api_docs` finds, which MCP does not offer.
        case search
    }

    var mode = Mode.apiDescriptions
    var discoversApps = true
    var appNames: [String] = []
    var includesAppDescriptions = false
    var maxCharacters = 200_000
    var maxApps: Int?
    var maxAPIsPerApp: Int?
    var excludedApps: [String] = []
    var pageLimit = 5
    var maxPages = 3

    static var fields: [ParameterField<Self>] {
        [
            .init("mode", \.mode, "What is shown."),
            .init("auto_discover_apps", \.discoversApps, "Whether all apps are shown, or those of 'app_names'."),
            .init("app_names", \.appNames, "The apps that are shown where they are not discovered."),
            .init(
                "include_app_descriptions", \.includesAppDescriptions,
                "Whether the text begins with what each app is for."),
            .init("max_chars", \.maxCharacters, "The text's largest number of characters.") { $0.minimum = 100 },
            .init("max_apps", \.maxApps, "The largest number of apps.") { $0.minimum = 1 },
            .init("max_apis_per_app", \.maxAPIsPerApp, "The largest number of interfaces of an app.") {
                $0.minimum = 1
            },
            .init("exclude_apps", \.excludedApps, "Apps that are not shown."),
            .init("page_limit", \.pageLimit, "Accepted for older configurations.") {
                $0.ignoredBecause = "nothing is searched"
            },
            .init("max_pages", \.maxPages, "Accepted for older configurations.") {
                $0.ignoredBecause = "nothing is searched"
            },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if mode == .search {
            diagnostics.error(
                "mode 'search' needs the app api_docs, which AppWorld's MCP server does not offer",
                at: node["mode"] ?? node, advice: "write mode: api_descriptions")
        }
        if !discoversApps, appNames.isEmpty {
            diagnostics.error(
                "'app_names' is missing", at: node, advice: "name apps, or set auto_discover_apps: true")
        }
    }
}
