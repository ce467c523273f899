import JSON

/// What the kit's own prompts take from a template's variables.
struct PromptFacts {
    let instruction: String
    let maxSteps: Int
    let apps: String
    let apis: String
    let maxAPIs: Int?
    let toolDocumentation: String
    private let user: JSONValue?

    init(_ variables: JSONObject) {
        let payload = variables["payload"]
        instruction = payload?["instruction"]?.stringValue ?? ""
        maxSteps = payload?["max_steps"]?.intValue ?? variables["max_steps"]?.intValue ?? 50
        apps = variables["app_descriptions_string"]?.stringValue ?? ""
        apis = payload?["api_descriptions_string"]?.stringValue ?? ""
        maxAPIs = payload?["max_apis"]?.intValue
        toolDocumentation = variables["tool_documentation"]?.stringValue ?? ""
        user = payload?["main_user"] ?? variables["main_user"]
    }

    /// Who the agent works for, in a sentence; nil before the environment has said it.
    var person: String? {
        func field(_ key: String) -> String { user?[key]?.stringValue ?? "" }
        let name = [field("first_name"), field("last_name")].filter { !$0.isEmpty }.joined(separator: " ")
        guard !name.isEmpty else { return nil }
        var sentence = "You work for \(name)"
        let ways = [("e-mail", field("email")), ("phone", field("phone_number"))].filter { !$0.1.isEmpty }
        if !ways.isEmpty { sentence += " (\(ways.map { "\($0.0) \($0.1)" }.joined(separator: ", ")))" }
        return sentence + "."
    }

    /// The apps, one on a line, under a heading; nil where they are not known.
    var appSection: String? { apps.isEmpty ? nil : "The apps:\n\n\(apps)" }

    /// Paragraphs with blank lines between them; those that are missing are left out.
    static func paragraphs(_ parts: String?...) -> String {
        parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
