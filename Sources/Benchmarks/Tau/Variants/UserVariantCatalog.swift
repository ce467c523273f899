public import Evaluation

/// The user variants of one file.
///
/// ```swift
/// let anger = try UserVariantCatalog.load(path: nil, baseDirectory: ".").variant(named: "anger")
/// ```
public struct UserVariantCatalog: Sendable, Hashable {
    /// The file's version, which goes into every variant's digest.
    public let version: Int
    /// The variants in file order, each followed by its levels.
    public let variants: [UserVariant]
    /// Other names, as a user strategy of an older program: `frustrated_llm` means `frustration`.
    public let aliases: [String: String]

    init(version: Int, variants: [UserVariant], aliases: [String: String]) {
        self.version = version
        self.variants = variants
        self.aliases = aliases
    }

    /// The variants that gage comes with.
    public static let standard: UserVariantCatalog = {
        do {
            return try UserVariantCatalog(text: standardText, file: "config/experiments/user_variants.yaml")
        } catch {
            fatalError("the compiled-in user variants cannot be read, which a test would have shown: \(error)")
        }
    }()

    /// All names, aliases left out.
    public var names: [String] { variants.map(\.name) }

    /// The variant of a name or an alias.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) that lists the names when there is none.
    public func variant(named name: String) throws(EvaluationError) -> UserVariant {
        let wanted = aliases[name] ?? name
        if let found = variants.first(where: { $0.name == wanted }) { return found }
        throw EvaluationError(
            .configurationInvalid, "there is no user variant '\(name)'", cause: .configuration,
            advice: advice(for: name))
    }

    /// What was probably meant, or the names that there are.
    public func advice(for name: String) -> String {
        NearMiss.hint(name, among: names + aliases.keys.sorted())
            ?? "there are: \(names.joined(separator: ", "))"
    }
}
