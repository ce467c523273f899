public import Evaluation
import FoundationEssentials
import YAML

extension UserVariantCatalog {
    /// Reads a file, or gives the variants that gage comes with when there is none to read.
    ///
    /// A relative path is read against `baseDirectory`. Throws ``EvaluationError``, cause `configuration`, when the file
    /// is not there or is not of the shape of `config/experiments/user_variants.yaml`.
    public static func load(path: String?, baseDirectory: String) throws(EvaluationError) -> UserVariantCatalog {
        guard let path else { return .standard }
        let place = path.hasPrefix("/") ? path : "\(baseDirectory)/\(path)"
        guard let data = FileManager.default.contents(atPath: place), data.count <= maximumBytes,
            let text = String(validating: data, as: UTF8.self)
        else {
            throw EvaluationError(
                .dataMissing, "the user variants '\(path)' cannot be read", cause: .configuration,
                advice:
                    "name a YAML file of at most \(maximumBytes >> 20) MiB, such as config/experiments/user_variants.yaml"
            )
        }
        return try UserVariantCatalog(text: text, file: path)
    }

    private static let maximumBytes = 4 << 20

    /// Reads a text; `file` is its name in messages.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, with the place of the first fault.
    public init(text: String, file: String) throws(EvaluationError) {
        var reader = UserVariantReader(file: file)
        self = try reader.read(text)
    }
}

/// Reads the YAML of a catalogue, with errors that say where.
private struct UserVariantReader {
    let file: String
    private var variants: [UserVariant] = []
    private var aliases: [String: String] = [:]

    init(file: String) { self.file = file }

    private struct Level {
        var name: String
        var instructions: String
    }

    mutating func read(_ text: String) throws(EvaluationError) -> UserVariantCatalog {
        let root = try parsed(text)
        try checkKeys(of: root, allowed: ["version", "levels", "variants"])
        let version = try version(of: root)
        let levels = try levels(of: root)
        guard let nodes = root["variants"]?.elements, !nodes.isEmpty else {
            throw fault("'variants' is a list with at least one variant", at: (root["variants"] ?? root).start)
        }
        for node in nodes { try readVariant(node, version: version, levels: levels) }
        return UserVariantCatalog(version: version, variants: variants, aliases: aliases)
    }

    private func parsed(_ text: String) throws(EvaluationError) -> YAMLNode {
        do throws(YAMLError) {
            return try YAML.parse(text)
        } catch {
            throw fault(error.message, at: error.mark, advice: error.hint)
        }
    }

    private func version(of root: YAMLNode) throws(EvaluationError) -> Int {
        guard let number = root["version"]?.int, let version = Int(exactly: number), version > 0 else {
            throw fault("'version' is a whole number from 1 on", at: (root["version"] ?? root).start)
        }
        return version
    }

    private func levels(of root: YAMLNode) throws(EvaluationError) -> [Level] {
        var levels: [Level] = []
        for node in root["levels"]?.elements ?? [] {
            try checkKeys(of: node, allowed: ["name", "instructions"])
            let (name, instructions) = (try name(of: node), try string(node, "instructions"))
            levels.append(Level(name: name, instructions: instructions ?? ""))
        }
        return levels
    }

    private static let variantKeys = ["name", "aliases", "emotion", "heading", "role", "instructions", "phrases"]

    private mutating func readVariant(
        _ node: YAMLNode, version: Int, levels: [Level]
    ) throws(EvaluationError) {
        try checkKeys(of: node, allowed: Self.variantKeys)
        var variant = UserVariant(
            name: try name(of: node), instructions: try string(node, "instructions") ?? "", version: version)
        variant.emotion = try string(node, "emotion")
        variant.role = try string(node, "role")
        variant.heading = try string(node, "heading") ?? variant.heading
        variant.phrases = try strings(node, "phrases").map { $0.lowercased() }
        try add(variant, at: node)
        for alias in try strings(node, "aliases") {
            guard aliases.updateValue(variant.name, forKey: alias) == nil,
                !variants.contains(where: { $0.name == alias })
            else { throw fault("the name '\(alias)' is given twice", at: node.start) }
        }
        guard variant.emotion != nil else { return }
        for level in levels {
            var graded = variant
            graded.name = "\(variant.name)_\(level.name)"
            graded.instructions += (variant.instructions.isEmpty ? "" : "\n") + "- " + level.instructions
            try add(graded, at: node)
        }
    }

    private mutating func add(_ variant: UserVariant, at node: YAMLNode) throws(EvaluationError) {
        guard aliases[variant.name] == nil, !variants.contains(where: { $0.name == variant.name }) else {
            throw fault("the name '\(variant.name)' is given twice", at: node.start)
        }
        variants.append(variant)
    }

    /// A name goes into task ids and file names.
    private func name(of node: YAMLNode) throws(EvaluationError) -> String {
        let name = try string(node, "name") ?? ""
        let isName = !name.isEmpty && name.utf8.count <= 40 && name.utf8.allSatisfy(Self.isNameByte)
        guard isName else {
            throw fault(
                "'name' is up to 40 lower-case letters, digits, '_' and '-', not '\(name)'",
                at: (node["name"] ?? node).start)
        }
        return name
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private func string(_ node: YAMLNode, _ key: String) throws(EvaluationError) -> String? {
        guard let value = node[key], !value.isNull else { return nil }
        guard let text = value.string else { throw fault("'\(key)' is text, not \(value.kind)", at: value.start) }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private func strings(_ node: YAMLNode, _ key: String) throws(EvaluationError) -> [String] {
        guard let value = node[key], !value.isNull else { return [] }
        guard let items = value.elements else { throw fault("'\(key)' is a list, not \(value.kind)", at: value.start) }
        var found: [String] = []
        for item in items {
            guard let text = item.string, !text.isEmpty else {
                throw fault("an entry of '\(key)' is text, not \(item.kind)", at: item.start)
            }
            found.append(text)
        }
        return found
    }

    private func checkKeys(of node: YAMLNode, allowed: [String]) throws(EvaluationError) {
        guard let pairs = node.pairs else { throw fault("expected a mapping, found \(node.kind)", at: node.start) }
        for pair in pairs where !allowed.contains(pair.name) {
            throw fault(
                "unknown key '\(pair.name)'", at: pair.key.start, advice: NearMiss.advice(pair.name, among: allowed))
        }
    }

    private func fault(_ message: String, at mark: YAMLMark, advice: String? = nil) -> EvaluationError {
        EvaluationError(
            .configurationInvalid, message, cause: .configuration,
            location: SourceLocation(file: file, line: mark.line, column: mark.column), advice: advice)
    }
}
