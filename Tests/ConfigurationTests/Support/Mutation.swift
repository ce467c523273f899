import Evaluation

@testable import GageConfiguration

/// A way to break a configuration at one place.
struct Mutation: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case misspeltKey, wrongType, missingKey, danglingReference, duplicateID, badChoice, tab, badIndentation
    }

    var kind: Kind
    /// The broken text.
    var text: String
    /// The lines on one of which the error has to be.
    var lines: ClosedRange<Int>
    /// What was changed, for reports.
    var summary: String
}

/// A declared key that a configuration writes, and what is around it.
struct MutationSite {
    var entry: ConfigEntry
    var field: FieldDescription
    var parent: ConfigNode
    /// The names that may stand here.
    var known: [String]
    /// Whether other names are errors here.
    var isClosed: Bool
    var isFirst: Bool

    var line: Int { entry.keyLocation.line }
}

/// Breaks a configuration in every way that has to be noticed.
struct Mutator {
    private let lines: [[Unicode.Scalar]]
    private let file: String
    private var sites: [MutationSite] = []
    private var root: ConfigNode

    init?(_ configuration: Configuration) {
        guard let document = configuration.load().document else { return nil }
        lines = configuration.text.split(separator: "\n", omittingEmptySubsequences: false).map {
            Array($0.unicodeScalars)
        }
        file = configuration.name
        root = document.written
        var seen: Set<SourceLocation> = []
        collect(root, PipelineDocument.schema, document.blocks, &seen)
    }

    /// One way to break it, of a kind; nil where there is no place for that.
    func mutation(_ kind: Mutation.Kind, using random: inout SeededGenerator) -> Mutation? {
        for _ in 0..<50 {
            guard let site = sites.randomElement(using: &random) else { return nil }
            if let mutation = mutation(kind, at: site, using: &random) { return mutation }
        }
        return nil
    }

    // MARK: Places

    private mutating func collect(
        _ node: ConfigNode, _ schema: ParameterSchema, _ blocks: BlockSchemas, _ seen: inout Set<SourceLocation>
    ) {
        if let items = node.items {
            for item in items { collect(item, SchemaWalk.element(of: schema), blocks, &seen) }
            return
        }
        let shape = SchemaWalk(blocks: blocks).shape(of: node, as: schema)
        let isOpen = blocks[node.path]?.allowsUnknownKeys ?? Self.allowsUnknownKeys(schema)
        for (index, entry) in (node.entries ?? []).enumerated() {
            let field = shape.field(entry.key)
            if let field, entry.keyLocation.file == file, seen.insert(entry.keyLocation).inserted, isWritten(entry) {
                sites.append(
                    MutationSite(
                        entry: entry, field: field, parent: node,
                        known: shape.fields.flatMap { [$0.name] + $0.aliases }, isClosed: !isOpen,
                        isFirst: index == 0))
            }
            collect(entry.value, field?.schema ?? shape.others, blocks, &seen)
        }
    }

    private static func allowsUnknownKeys(_ schema: ParameterSchema) -> Bool {
        switch schema {
        case .object(_, let allowsUnknownKeys): allowsUnknownKeys
        case .optional(let inner): allowsUnknownKeys(inner)
        default: true
        }
    }

    /// Whether the key stands in the text at its place, and not only in a short form that was written out.
    private func isWritten(_ entry: ConfigEntry) -> Bool {
        let place = entry.keyLocation
        guard lines.indices.contains(place.line - 1) else { return false }
        let rest = lines[place.line - 1].dropFirst(place.column - 1)
        return rest.starts(with: Array("\(entry.key):".unicodeScalars))
    }

    /// Whether the key begins its line, but for spaces and dashes.
    private func isBlockStyle(_ site: MutationSite) -> Bool {
        lines[site.line - 1].prefix(site.entry.keyLocation.column - 1).allSatisfy { $0 == " " || $0 == "-" }
    }

    private func hasScalar(_ site: MutationSite) -> Bool {
        site.entry.value.text != nil && site.entry.value.location.line == site.line && isBlockStyle(site)
            && !lines[site.line - 1].contains("|") && !lines[site.line - 1].contains("&")
    }

    // MARK: Changes

    private func mutation(
        _ kind: Mutation.Kind, at site: MutationSite, using random: inout SeededGenerator
    ) -> Mutation? {
        switch kind {
        case .misspeltKey: misspelt(site, using: &random)
        case .wrongType: isStrict(site.field.schema) && hasScalar(site) ? value(kind, site, "{wrong: [type]}") : nil
        case .missingKey: missing(site)
        case .danglingReference: site.field.reference != nil && hasScalar(site) ? value(kind, site, "nowhere_zz") : nil
        case .duplicateID: duplicate(site)
        case .badChoice: isChoice(site) && hasScalar(site) ? value(kind, site, "nonsense_zz") : nil
        case .tab: tab(site)
        case .badIndentation: indentation(site)
        }
    }

    private func misspelt(_ site: MutationSite, using random: inout SeededGenerator) -> Mutation? {
        var letters = Array(site.entry.key)
        guard site.isClosed, letters.count > 2 else { return nil }
        let place = Int.random(in: 0..<(letters.count - 1), using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: letters.swapAt(place, place + 1)
        case 1: letters.remove(at: place)
        default: letters.insert(letters[place], at: place)
        }
        let key = String(letters)
        guard key != site.entry.key, !site.known.contains(key) else { return nil }
        let column = site.entry.keyLocation.column - 1
        var line = lines[site.line - 1]
        line.replaceSubrange(column..<(column + site.entry.key.unicodeScalars.count), with: key.unicodeScalars)
        return changed(.misspeltKey, site, to: line)
    }

    private func missing(_ site: MutationSite) -> Mutation? {
        // Without its only key, a block that may be left out is right; and a merged mapping may have the key too.
        let siblings = site.parent.entries ?? []
        let isMerged = siblings.contains { $0.keyLocation.line < site.parent.location.line }
        guard site.field.isRequired, hasScalar(site), siblings.count > 1, !isMerged else { return nil }
        let line = Array(lines[site.line - 1].prefix(site.entry.keyLocation.column - 1))
        // Where the first key is gone, the entry begins at the next one.
        let start = site.parent.location.line
        let next = siblings.dropFirst().first?.keyLocation.line ?? start + 1
        return changed(
            .missingKey, site, to: line.contains("-") ? line : [],
            expecting: site.isFirst && next > start ? start...next : start...start)
    }

    private func duplicate(_ site: MutationSite) -> Mutation? {
        guard hasScalar(site), site.field.isRequired, site.field.name.hasSuffix("_id"), site.field.reference == nil,
            let section = root.entries?.first(where: { site.parent.path.hasPrefix("\($0.key)[") })?.value.items,
            let position = section.firstIndex(where: { $0.path == site.parent.path }), position > 0,
            let other = section[0][site.entry.key]?.text, other != site.entry.value.text
        else { return nil }
        return value(.duplicateID, site, other)
    }

    private func tab(_ site: MutationSite) -> Mutation? {
        let indent = lines[site.line - 1].prefix { $0 == " " }.count
        guard indent > 1, isBlockStyle(site) else { return nil }
        return changed(.tab, site, to: ["\t"] + lines[site.line - 1].dropFirst(indent))
    }

    private func indentation(_ site: MutationSite) -> Mutation? {
        let line = lines[site.line - 1]
        let indent = line.prefix { $0 == " " }.count
        guard indent > 3, indent == site.entry.keyLocation.column - 1, !site.isFirst else { return nil }
        return changed(.badIndentation, site, to: Array(line.dropFirst()))
    }

    private func value(_ kind: Mutation.Kind, _ site: MutationSite, _ text: String) -> Mutation {
        let head = lines[site.line - 1].prefix(site.entry.value.location.column - 1)
        return changed(kind, site, to: Array(head) + Array(text.unicodeScalars))
    }

    private func changed(
        _ kind: Mutation.Kind, _ site: MutationSite, to line: [Unicode.Scalar], expecting: ClosedRange<Int>? = nil
    ) -> Mutation {
        var changed = lines
        changed[site.line - 1] = line
        let text = changed.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
        let old = String(String.UnicodeScalarView(lines[site.line - 1]))
        return Mutation(
            kind: kind, text: text, lines: expecting ?? site.line...site.line,
            summary:
                "\(kind.rawValue) in \(file):\(site.line): '\(old)' became '\(String(String.UnicodeScalarView(line)))'")
    }

    private func isStrict(_ schema: ParameterSchema) -> Bool {
        switch schema {
        case .string, .integer, .number, .boolean: true
        case .optional(let inner): isStrict(inner)
        default: false
        }
    }

    private func isChoice(_ site: MutationSite) -> Bool {
        let components = [
            "loader", "renderer", "runtime", "preprocess", "implementation", "aggregation", "generator_id",
        ]
        if components.contains(site.field.name) { return true }
        if site.field.name == "type", site.parent.path.hasPrefix("backends") { return true }
        var schema = site.field.schema
        if case .optional(let inner) = schema { schema = inner }
        if case .string(let allowed) = schema { return !allowed.isEmpty }
        return false
    }
}
