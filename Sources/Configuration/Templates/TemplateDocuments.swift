import Evaluation
import JSON

/// A document of kind `RunConfig`: a template, and what this run changes in it.
struct RunConfigDocument: Parameters {
    var apiVersion: String?
    var kind = "RunConfig"
    var metadata = MetadataBlock()
    var baseTask = ""
    var templateVersion: IdentifierText?
    var templateDigest: String?
    var runtime = Entry(value: RuntimeOverrides(), node: .nowhere)

    static var fields: [ParameterField<Self>] {
        [
            .init("api_version", \.apiVersion, "The version of this format.") {
                $0.allowed = PipelineDocument.apiVersions
            },
            .init("kind", \.kind, "What the document is.") { $0.allowed = ["RunConfig"] },
            .init("metadata", \.metadata, "What the run is called and for."),
            .init("base_task", \.baseTask, "The template: builtin/NAME, or a path.") { $0.isRequired = true },
            .init("template_version", \.templateVersion, "The template's version, as V1; else the newest."),
            .init("template_digest", \.templateDigest, "The digest that the template must declare."),
            .init("runtime", \.runtime, "What this run changes."),
        ]
    }
}

/// The `runtime` block: overrides by the ids of the template's entries.
struct RuntimeOverrides: Parameters {
    var datasets = Block()
    var backends = Block()
    var tasks = Block()
    var global = GlobalOverrides()

    static var allowsUnknownKeys: Bool { true }

    static var fields: [ParameterField<Self>] {
        [
            .init("datasets", \.datasets, "Keys of datasets entries by dataset_id."),
            .init("backends", \.backends, "Keys of backends entries by backend_id, or base_url, model and others."),
            .init("tasks", \.tasks, "Keys of tasks entries by task_id."),
            .init("global", \.global, "What holds for every task."),
        ]
    }

    /// Templates may use any key, so that only a near miss of a known one is a mistake.
    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        let names = Self.fieldDescriptions.map(\.name)
        for entry in node.entries ?? [] where !names.contains(entry.key) {
            guard let hint = NearMiss.hint(entry.key, among: names) else { continue }
            diagnostics.add(
                Diagnostic(
                    .error, "unknown key '\(entry.key)'", location: entry.keyLocation, path: entry.value.path,
                    advice: hint))
        }
    }
}

/// The `runtime.global` block.
struct GlobalOverrides: Parameters {
    var outputPath: String?

    static var fields: [ParameterField<Self>] {
        [.init("output_path", \.outputPath, "The file of every file sink.")]
    }
}

/// A document of kind `BuiltinTemplate`: a whole pipeline with a few values left to the runs.
struct TemplateDocument: Parameters {
    var apiVersion: String?
    var kind = "BuiltinTemplate"
    var metadata = TemplateMetadata()
    var definition = Block()
    var parameters = Section<TemplateParameter>()

    static var fields: [ParameterField<Self>] {
        [
            .init("api_version", \.apiVersion, "The version of this format.") {
                $0.allowed = PipelineDocument.apiVersions
            },
            .init("kind", \.kind, "What the document is.") { $0.allowed = ["BuiltinTemplate", "BuiltInTemplate"] },
            .init("metadata", \.metadata, "What the template is called, and which it is."),
            .init("definition", \.definition, "A whole pipeline.") { $0.isRequired = true },
            .init("parameters", \.parameters, "The values that runs are expected to change."),
        ]
    }
}

/// The `metadata` of a template.
struct TemplateMetadata: Parameters {
    var name: String?
    var description: String?
    var version: IdentifierText?
    var digest: String?
    var sourceTasks: [String] = []
    var monolithic: Bool?

    static var fields: [ParameterField<Self>] {
        [
            .init("name", \.name, "The template's name."),
            .init("description", \.description, "What it is for."),
            .init("version", \.version, "Its version, as V1."),
            .init("digest", \.digest, "A digest that runs can refer to."),
            .init("source_tasks", \.sourceTasks, "The tasks it was made from."),
            .init("monolithic", \.monolithic, "Whether several tasks were put into it."),
        ]
    }
}

/// An entry of a template's `parameters`.
struct TemplateParameter: Parameters {
    var name = ""
    var type: String?
    var defaultValue: KeptNode?
    var summary: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("name", \.name, "Where the value is used, as runtime.tasks.ID.max_samples.") { $0.isRequired = true },
            .init("type", \.type, "The value's type."),
            .init("default", \.defaultValue, "The value where a run gives none."),
            .init("description", \.summary, "What it means."),
        ]
    }
}

/// Anything, with its places.
struct KeptNode: ParameterValue {
    var node: ConfigNode

    static var schema: ParameterSchema { .any }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? { Self(node: node) }

    var json: JSONValue { node.json }
}

extension ConfigNode {
    /// An empty mapping that no text holds.
    static let nowhere = ConfigNode.empty(at: SourceLocation(file: "", line: 1, column: 1), path: "")
}
