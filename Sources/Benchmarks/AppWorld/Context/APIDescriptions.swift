import JSON

/// What a listing looks like to a model, within bounds.
struct APIDescriptions: Sendable, Hashable {
    private(set) var text: String
    /// How many apps and interfaces are in it, and whether some had to be left out for want of room.
    private(set) var appCount = 0
    private(set) var apiCount = 0
    private(set) var isTruncated = false

    /// Writes a listing down as lines of YAML; lines that do not fit any more are left out whole.
    init(_ listing: APIListing, _ parameters: APIDocsParameters) {
        var apps = listing.apps.filter { !parameters.excludedApps.contains($0.name) }
        if !parameters.discoversApps { apps = apps.filter { parameters.appNames.contains($0.name) } }
        if let most = parameters.maxApps { apps = Array(apps.prefix(most)) }
        var lines = BoundedLines(parameters.maxCharacters)
        if parameters.includesAppDescriptions {
            lines.append("app_descriptions:")
            for app in apps { lines.append(Self.entry(app.name, app.summary)) }
        }
        lines.append("api_descriptions:")
        for app in apps {
            guard lines.append("  \(app.name):") else { break }
            appCount += 1
            for api in app.apis.prefix(parameters.maxAPIsPerApp ?? .max) {
                if lines.append(Self.entry(api.name, api.summary, indent: "    ")) { apiCount += 1 }
            }
        }
        text = lines.text
        isTruncated = lines.isFull
    }

    private static func entry(_ name: String, _ summary: String, indent: String = "  ") -> String {
        summary.isEmpty ? "\(indent)- name: \(name)" : "\(indent)- name: \(name)\n\(indent)  description: \(summary)"
    }

    /// What is known about the text, for reports.
    var facts: JSONObject {
        [
            "apps": JSONValue(appCount), "apis": JSONValue(apiCount), "chars": JSONValue(text.count),
            "truncated": .bool(isTruncated),
        ]
    }
}

/// Lines up to a largest number of characters.
private struct BoundedLines {
    private var lines: [String] = []
    private var left: Int
    private(set) var isFull = false

    /// What stands at the end where something was left out.
    private static let ellipsis = "..."

    init(_ characters: Int) { left = characters - Self.ellipsis.count - 1 }

    /// Adds a line, unless it or one before it does not fit.
    @discardableResult
    mutating func append(_ line: String) -> Bool {
        guard !isFull, line.count + 1 <= left else {
            isFull = true
            return false
        }
        left -= line.count + 1
        lines.append(line)
        return true
    }

    var text: String { (isFull ? lines + [Self.ellipsis] : lines).joined(separator: "\n") }
}
