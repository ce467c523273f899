import Evaluation

/// A server's tools by the applications that they belong to: `notes__create` is the endpoint `create` of `notes`.
struct ToolCatalog: Sendable {
    /// A tool as an application's endpoint.
    struct Endpoint: Sendable {
        /// The application; nil for a tool that belongs to none.
        var app: String?
        var name: String
        var tool: ToolDefinition
    }

    /// An application with its endpoints, sorted by name.
    struct App: Sendable {
        var name: String
        var endpoints: [Endpoint]
    }

    /// The applications, sorted by name; the one that concerns the task itself comes first.
    private(set) var apps: [App]
    /// The tools that belong to no application, in the server's order.
    private(set) var loose: [ToolDefinition]

    /// An application of this name is the one through which an agent learns of its task and ends it.
    private static let firstApp = "supervisor"

    /// Sorts tools into applications; with a list of applications only those are kept.
    init(_ tools: [ToolDefinition], allowedApps: [String] = []) {
        var byApp: [String: [Endpoint]] = [:]
        var loose: [ToolDefinition] = []
        for tool in tools {
            guard let (app, name) = Self.split(tool.name) else {
                loose.append(tool)
                continue
            }
            guard allowedApps.isEmpty || allowedApps.contains(app) else { continue }
            byApp[app, default: []].append(Endpoint(app: app, name: name, tool: tool))
        }
        self.loose = loose
        let names = byApp.keys.sorted { ($0 != Self.firstApp, $0) < ($1 != Self.firstApp, $1) }
        apps = names.map { name in
            App(name: name, endpoints: (byApp[name] ?? []).sorted { $0.name < $1.name })
        }
    }

    /// The name's two parts; nil where it has no application.
    static func split(_ name: String) -> (app: String, endpoint: String)? {
        let scalars = Array(name.unicodeScalars)
        guard
            let index = scalars.indices.dropLast().first(where: { scalars[$0] == "_" && scalars[$0 + 1] == "_" }),
            index > 0, index + 2 < scalars.count
        else { return nil }
        func text(_ part: ArraySlice<Unicode.Scalar>) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: part)
            return String(text)
        }
        return (text(scalars[..<index]), text(scalars[(index + 2)...]))
    }
}

/// Tuples of a truth and a text in order: false comes first.
private func < (left: (Bool, String), right: (Bool, String)) -> Bool {
    left.0 == right.0 ? left.1 < right.1 : !left.0
}
