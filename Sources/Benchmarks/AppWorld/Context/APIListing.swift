import Evaluation
import JSON

/// The interfaces that AppWorld offers, app by app, with what each app is for.
struct APIListing: Sendable, Hashable {
    /// An interface of an app.
    struct API: Sendable, Hashable {
        var name: String
        var summary: String
        /// The name of the tool that calls it.
        var tool: String
    }

    /// An app with its interfaces, by name.
    struct App: Sendable, Hashable {
        var name: String
        var summary: String
        var apis: [API]
    }

    /// The apps, by name.
    private(set) var apps: [App]

    /// What stands between the app and the interface in a tool's name.
    static let separator = "__"

    /// Sorts tools into apps; a tool whose name has no app in it belongs to none and is left out.
    init(tools: [ToolDefinition], descriptions: [String: String]) {
        var found: [String: [API]] = [:]
        for tool in tools {
            guard let (app, name) = Self.parts(of: tool.name) else { continue }
            found[app, default: []].append(
                API(name: name, summary: Self.oneLine(tool.description ?? ""), tool: tool.name))
        }
        apps = found.keys.sorted().map { app in
            App(
                name: app, summary: Self.oneLine(descriptions[app] ?? ""),
                apis: (found[app] ?? []).sorted { $0.name < $1.name })
        }
    }

    /// The app and the interface that a tool's name says; nil where it says none.
    static func parts(of tool: String) -> (app: String, api: String)? {
        var index = tool.startIndex
        while index < tool.endIndex {
            let rest = tool[index...]
            if rest.hasPrefix(separator) {
                let (app, api) = (tool[..<index], rest.dropFirst(separator.count))
                return app.isEmpty || api.isEmpty ? nil : (String(app), String(api))
            }
            index = tool.index(after: index)
        }
        return nil
    }

    /// What apps are for, in either of the shapes in which they are told: a list of `{name, description}`, or an object.
    static func descriptions(_ value: JSONValue) -> [String: String] {
        var found: [String: String] = [:]
        for item in value.arrayValue ?? [] {
            guard let name = item["name"]?.stringValue else { continue }
            found[name] = item["description"]?.stringValue
        }
        for (name, text) in value.objectValue ?? [:] {
            found[name] = text.stringValue ?? text["description"]?.stringValue
        }
        return found
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The listing with these apps only; all of them where there are none.
    func limited(to names: [String]) -> Self {
        guard !names.isEmpty else { return self }
        var copy = self
        copy.apps = apps.filter { names.contains($0.name) }
        return copy
    }

    /// The interfaces as `app.api`, in lower case.
    var apiNames: [String] { apps.flatMap { app in app.apis.map { "\(app.name).\($0.name)".lowercased() } } }

    /// The tools that call them.
    var toolNames: [String] { apps.flatMap { $0.apis.map(\.tool) } }

    /// One line for each app, as `notes: Keeps notes`.
    var appText: String {
        apps.map { $0.summary.isEmpty ? "\($0.name): \"\"" : "\($0.name): \($0.summary)" }.joined(separator: "\n")
    }
}
