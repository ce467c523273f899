import Evaluation

@testable import GageConfiguration

/// Registers whatever a document names, with any parameters, so that documents for components that these tests do not
/// know can be compiled.
struct CoveringKit: Kit {
    private var names: [String: Set<String>] = [:]
    private var roles: [String: Set<RoleType>] = [:]

    var name: String { "covering" }

    /// Collects the names that a document uses.
    init(_ document: ConfigNode) {
        for dataset in items(document, "datasets") {
            add("loader", (dataset["loader"] ?? dataset["type"])?.text)
            add("preprocessor", dataset["params"]?["preprocess"]?.text)
        }
        for backend in items(document, "backends") { add("backend", backend["type"]?.text) }
        for prompt in items(document, "prompts") { add("renderer", prompt["renderer"]?.text) }
        for profile in items(document, "sandbox_profiles") { add("runtime", profile["runtime"]?.text ?? "docker") }
        for client in items(document, "mcp_clients") {
            add("transport", client["transport"]?.text ?? "streamable_http")
        }
        for adapter in items(document, "role_adapters") {
            guard let role = adapter["role_type"]?.text.flatMap(RoleType.init(rawValue:)) else { continue }
            let implementation = adapter["params"]?["implementation"]?.text ?? role.rawValue
            roles[implementation, default: []].insert(role)
            add("backend", adapter["backend"]?["type"]?.text)
            add("prompt", adapter["prompt_id"]?.text)
        }
        let declared = items(document, "prompts").compactMap { $0["prompt_id"]?.text }
        names["prompt"]?.subtract(declared)
        for metric in items(document, "metrics") {
            add("metric", (metric["implementation"] ?? metric["metric_id"])?.text)
            add("aggregation", metric["aggregation"]?.text)
        }
        for generator in items(document, "summary_generators") {
            add("generator", (generator["generator_id"] ?? generator["name"])?.text)
        }
        add("aggregation", "mean")
    }

    private func items(_ document: ConfigNode, _ section: String) -> [ConfigNode] { document[section]?.items ?? [] }

    private mutating func add(_ kind: String, _ name: String?) {
        if let name { names[kind, default: []].insert(name) }
    }

    func register(in registry: inout Registry) {
        for key in sorted("loader") { registry.datasetLoaders.register(stand(key)) }
        for key in sorted("preprocessor") { registry.preprocessors.register(stand(key)) }
        for key in sorted("backend") { registry.backends.register(stand(key)) }
        for key in sorted("renderer") { registry.promptRenderers.register(stand(key)) }
        for key in sorted("prompt") { registry.catalogPrompts.register(stand(key)) }
        for key in sorted("runtime") { registry.sandboxRuntimes.register(stand(key)) }
        for key in sorted("transport") { registry.toolTransports.register(stand(key)) }
        for key in sorted("aggregation") { registry.aggregations.register(stand(key)) }
        for key in sorted("generator") { registry.summaryGenerators.register(stand(key)) }
        for key in sorted("metric") {
            registry.metrics.register(
                Registration(key, summary: "A metric.", parameters: FreeParameters.self) { _ in StandInMetric() })
        }
        for (key, types) in roles.sorted(by: { $0.key < $1.key }) {
            registry.roles.register(
                Registration(
                    key, roles: Array(types), summary: "A role.", parameters: FreeParameters.self
                ) { _ in StandInRole(contract: StepContract()) })
        }
    }

    private func sorted(_ kind: String) -> [String] { names[kind, default: []].sorted() }

    private func stand<Product>(_ key: String) -> Registration<Product> {
        Registration(key, summary: "A stand-in.", parameters: FreeParameters.self) { block in
            guard let product = StandIn(parameters: block.json) as? Product else { throw StandIn.refuse() }
            return product
        }
    }
}
