import Evaluation
import JSON

/// What a prompt says about tools: a text within bounds, and what is in it.
struct ToolDocumentation: Sendable {
    /// How it is laid out and how much it may hold.
    struct Layout: Sendable {
        var format = ToolDocumentationFormat.text
        /// The most endpoints of one application; nil for all.
        var maxEndpoints: Int?
        /// The most characters; nil for no bound.
        var maxCharacters: Int?
    }

    /// The text.
    private(set) var text = ""
    /// The endpoints that the text has room for, by application, in the catalog's order.
    private(set) var documented: [ToolCatalog.App] = []
    private let layout: Layout
    private var isTruncated = false
    private var lines: [String] = []
    private var length = 0

    /// What stands above tools that belong to no application.
    static let looseHeading = "tools"

    /// Writes a catalog down.
    init(_ catalog: ToolCatalog, _ layout: Layout) {
        self.layout = layout
        var apps = catalog.apps
        if !catalog.loose.isEmpty {
            let loose = catalog.loose.map { ToolCatalog.Endpoint(app: nil, name: $0.name, tool: $0) }
            apps.append(ToolCatalog.App(name: Self.looseHeading, endpoints: loose))
        }
        for app in apps where !isTruncated { write(app) }
        text = lines.joined(separator: "\n").trimmingBlanks
    }

    /// What is in the text, for reports and templates.
    var meta: JSONObject {
        let count = text.unicodeScalars.count
        return [
            "apps": .int(Int64(documented.count)),
            "endpoints": .int(Int64(documented.reduce(0) { $0 + $1.endpoints.count })),
            "chars": .int(Int64(count)), "tokens_est": .int(Int64((count + 3) / 4)),
            "truncated": .bool(isTruncated), "doc_format": .string(layout.format.rawValue),
            "max_endpoints": layout.maxEndpoints.map { .int(Int64($0)) } ?? .null,
            "max_chars": layout.maxCharacters.map { .int(Int64($0)) } ?? .null,
        ]
    }

    private mutating func write(_ app: ToolCatalog.App) {
        let endpoints = app.endpoints.prefix(layout.maxEndpoints ?? app.endpoints.count)
        guard !endpoints.isEmpty, add(layout.format == .text ? "[\(app.name)]" : "\(app.name):") else { return }
        documented.append(ToolCatalog.App(name: app.name, endpoints: []))
        for endpoint in endpoints {
            let page = EndpointPage(endpoint)
            let pages = page.lines(layout.format)
            // An endpoint whose first line has room is offered, even if what follows is cut.
            guard add(pages[0]) else { return }
            documented[documented.count - 1].endpoints.append(endpoint)
            for line in pages.dropFirst() { guard add(line) else { return } }
        }
        // Between two applications; that it has no room cuts nothing off.
        let wasTruncated = isTruncated
        _ = add("")
        isTruncated = wasTruncated
    }

    /// Adds a line where there is room for it; false, and the end of the text, where there is none.
    private mutating func add(_ line: String) -> Bool {
        let longer = length + line.unicodeScalars.count + (lines.isEmpty ? 0 : 1)
        if let most = layout.maxCharacters, longer > most {
            isTruncated = true
            return false
        }
        lines.append(line)
        length = longer
        return true
    }
}

/// How tool documentation is laid out.
enum ToolDocumentationFormat: String, ParameterChoice {
    /// A signature a line: `notes.create(title: string, pinned?: bool) -> result`.
    case text
    /// The endpoint and its description a line.
    case appKeyValue = "app_kv"
    /// Parameters with their constraints, and the schema of the result.
    case schemaYAML = "schema_yaml"
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmingBlanks: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
