import Evaluation

extension UserVariantCatalog {
    /// Reports a variant that gage does not have, where the configuration names no file of its own.
    static func check(_ name: String?, path: String?, at node: ConfigNode, into diagnostics: inout Diagnostics) {
        guard let name, path == nil, !isStandard(name) else { return }
        diagnostics.error(
            "there is no user variant '\(name)'", at: node["user_variant"] ?? node,
            advice: standard.advice(for: name))
    }

    private static func isStandard(_ name: String) -> Bool {
        standard.aliases[name] != nil || standard.names.contains(name)
    }
}
