import Evaluation
import JSON

/// The schemas of the sections whose keys depend on a component.
struct SchemaSections {
    let registry: Registry

    var dataset: JSONValue {
        let own = DatasetParams.fieldDescriptions
        let rules = registry.datasetLoaders.registrations.map { loader -> JSONValue in
            let params = SchemaPieces.adding(
                [["$ref": "#/$defs/preprocessing"]], to: block(own: own, loader.fields, loader.allowsUnknownKeys))
            let rule = SchemaPieces.property("params", .object(params))
            return SchemaPieces.rule(if: SchemaPieces.condition(["loader", "type"], in: loader.names), then: rule)
        }
        let loaders = registry.datasetLoaders.names
        return entry(DatasetEntry.self, choosing: ["loader", "type"], among: loaders, rules: rules)
    }

    /// What `preprocess` says about `preprocess_kwargs`.
    var preprocessing: JSONValue {
        let names = registry.preprocessors.names
        let rules = registry.preprocessors.registrations.map { preprocessor -> JSONValue in
            let kwargs = SchemaPieces.mapping(
                preprocessor.fields, allowsUnknownKeys: preprocessor.allowsUnknownKeys)
            return SchemaPieces.rule(
                if: SchemaPieces.condition(["preprocess"], in: preprocessor.names),
                then: SchemaPieces.property("preprocess_kwargs", .object(kwargs)))
        }
        let name = SchemaPieces.choice(names, "The registered preprocessor.")
        return .object(SchemaPieces.adding(rules, to: ["properties": ["preprocess": name]]))
    }

    var backend: JSONValue {
        entry(
            BackendEntry.self, choosing: ["type"], among: registry.backends.names,
            rules: backendRules)
    }

    private var backendRules: [JSONValue] {
        registry.backends.registrations.map { backend in
            let config = SchemaPieces.mapping(backend.fields, allowsUnknownKeys: backend.allowsUnknownKeys)
            return SchemaPieces.rule(
                if: SchemaPieces.condition(["type"], in: backend.names),
                then: SchemaPieces.property("config", .object(config)))
        }
    }

    var prompt: JSONValue {
        whole(
            PromptEntry.self, choosing: ["renderer"], among: registry.promptRenderers.registrations,
            default: nil)
    }

    var sandboxProfile: JSONValue {
        whole(
            SandboxProfileEntry.self, choosing: ["runtime"], among: registry.sandboxRuntimes.registrations,
            default: SandboxProfileEntry().runtime)
    }

    var mcpClient: JSONValue {
        whole(
            MCPClientEntry.self, choosing: ["transport"], among: registry.toolTransports.registrations,
            default: MCPClientEntry().transport)
    }

    var summaryGenerator: JSONValue {
        let names = registry.summaryGenerators.names
        let rules = registry.summaryGenerators.registrations.map { generator -> JSONValue in
            let params = SchemaPieces.mapping(generator.fields, allowsUnknownKeys: generator.allowsUnknownKeys)
            return SchemaPieces.rule(
                if: SchemaPieces.condition(["generator_id", "name"], in: generator.names),
                then: SchemaPieces.property("params", .object(params)))
        }
        let full = entry(
            SummaryGeneratorEntry.self, choosing: ["generator_id", "name"], among: names, rules: rules)
        return ["anyOf": .array([SchemaPieces.choice(names, "The registered summary generator."), full])]
    }

    // MARK: Adapters

    var roleAdapter: JSONValue {
        var rules: [JSONValue] = []
        for role in registry.roles.registrations {
            let params = SchemaPieces.property("params", roleParameters(role))
            let named: JSONValue = [
                "properties": ["params": SchemaPieces.condition(["implementation"], in: role.names)],
                "required": ["params"],
            ]
            rules.append(SchemaPieces.rule(if: named, then: params))
            guard RoleType(rawValue: role.key) != nil else { continue }
            let unnamed: JSONValue = [
                "allOf": [
                    SchemaPieces.condition(["role_type"], in: [role.key]),
                    [
                        "not": [
                            "properties": ["params": ["type": "object", "required": ["implementation"]]],
                            "required": ["params"],
                        ]
                    ],
                ]
            ]
            rules.append(SchemaPieces.rule(if: unnamed, then: params))
        }
        guard case .object(var schema) = entry(RoleAdapterEntry.self, choosing: [], among: [], rules: rules) else {
            return [:]
        }
        let implementation = SchemaPieces.choice(registry.roles.names, "The registered implementation.")
        schema["properties"]?["params"] = [
            "type": ["object", "null"], "properties": ["implementation": implementation],
            "description": "The implementation's name and parameters.",
        ]
        var backend = SchemaPieces.mapping(InlineBackend.fieldDescriptions, allowsUnknownKeys: false)
        backend = SchemaPieces.adding(backendRules, to: backend)
        schema["properties"]?["backend"] = ["anyOf": .array([.object(backend), ["type": "null"]])]
        return .object(schema)
    }

    /// Parameters may stand in params, below implementation_params or in a step, so that none is required here.
    private func roleParameters(_ role: Registration<any RoleAdapter>) -> JSONValue {
        var params = block(own: RoleParams.fieldDescriptions, role.fields, role.allowsUnknownKeys)
        params["required"] = nil
        params["allOf"] = nil
        params["type"] = ["object", "null"]
        let nested = SchemaPieces.mapping(role.fields, allowsUnknownKeys: role.allowsUnknownKeys, requires: false)
        params["properties"]?["implementation_params"] = .object(nested)
        return .object(params)
    }

    // MARK: Metrics and tasks

    /// A metric in any of its forms.
    var metric: JSONValue {
        let names = registry.metrics.names
        let short: JSONValue = [
            "type": "object", "minProperties": 1, "maxProperties": 1,
            "propertyNames": ["enum": .array(names.map { .string($0) })],
            "additionalProperties": ["type": ["object", "null"]],
        ]
        let full = entry(
            MetricEntry.self, choosing: ["implementation"], among: names, rules: metricRules,
            alternatives: [("aggregation", registry.aggregations.names)])
        return ["anyOf": .array([["type": "string", "description": "name, or name(key=value)"], short, full])]
    }

    /// A metric of a task: an id, and what changes.
    var metricOverride: JSONValue {
        let full = entry(MetricEntry.self, choosing: ["implementation"], among: registry.metrics.names, rules: [])
        let short: JSONValue = [
            "type": "object", "minProperties": 1, "maxProperties": 1,
            "additionalProperties": ["type": ["object", "null"]],
        ]
        return ["anyOf": .array([["type": "string"], full, short])]
    }

    private var metricRules: [JSONValue] {
        let aggregations = registry.aggregations.registrations
        let shared = aggregations.flatMap(\.fields)
        return registry.metrics.registrations.map { metric in
            let others = shared.filter { field in !metric.fields.contains { $0.name == field.name } }
            var seen: Set<String> = []
            let fields = metric.fields + others.filter { seen.insert($0.name).inserted }
            let isOpen = metric.allowsUnknownKeys || aggregations.contains { $0.allowsUnknownKeys }
            let params = SchemaPieces.mapping(fields, allowsUnknownKeys: isOpen, requires: false)
            return SchemaPieces.rule(
                if: SchemaPieces.condition(["implementation"], in: metric.names),
                then: SchemaPieces.property("params", .object(params)))
        }
    }

    var task: JSONValue {
        var schema = SchemaPieces.mapping(TaskEntry.fieldDescriptions, allowsUnknownKeys: false)
        schema["properties"]?["metric_overrides"] = SchemaPieces.list(of: ["$ref": "#/$defs/metricOverride"])
        return .object(schema)
    }

    // MARK: Parts

    /// An entry whose component's parameters stand in a block of their own.
    private func entry<Value: Parameters>(
        _ type: Value.Type, choosing keys: [String], among names: [String], rules: [JSONValue],
        alternatives: [(String, [String])] = []
    ) -> JSONValue {
        var schema = SchemaPieces.mapping(Value.fieldDescriptions, allowsUnknownKeys: Value.allowsUnknownKeys)
        for (key, words) in keys.map({ ($0, names) }) + alternatives {
            let summary = schema["properties"]?[key]?["description"]?.stringValue ?? ""
            guard schema["properties"]?[key] != nil else { continue }
            schema["properties"]?[key] = SchemaPieces.choice(words, summary)
        }
        return .object(SchemaPieces.adding(rules, to: schema))
    }

    /// An entry that the component reads as a whole.
    private func whole<Value: Parameters, Product>(
        _ type: Value.Type, choosing keys: [String], among registrations: [Registration<Product>],
        default defaultName: String?
    ) -> JSONValue {
        let rules = registrations.map { registration -> JSONValue in
            let fields = block(
                own: Value.fieldDescriptions, registration.fields, registration.allowsUnknownKeys)
            var condition = SchemaPieces.condition(keys, in: registration.names)
            if let defaultName, registration.names.contains(defaultName), let key = keys.first {
                condition = ["anyOf": .array([condition, ["not": ["required": .array([.string(key)])]]])]
            }
            return SchemaPieces.rule(if: condition, then: .object(fields))
        }
        return entry(type, choosing: keys, among: registrations.flatMap(\.names), rules: rules)
    }

    /// A mapping that the document and a component share; what both declare is the component's.
    private func block(
        own: [FieldDescription], _ fields: [FieldDescription], _ allowsUnknownKeys: Bool
    ) -> JSONObject {
        let rest = own.filter { field in
            !fields.contains { $0.name == field.name || $0.aliases.contains(field.name) }
        }
        return SchemaPieces.mapping(fields + rest, allowsUnknownKeys: allowsUnknownKeys)
    }
}
