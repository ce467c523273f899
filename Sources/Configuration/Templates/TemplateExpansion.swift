import Evaluation
import JSON

/// Turns documents that build on a template into plain pipelines.
///
/// A `RunConfig` becomes its template's definition with the run's changes in it; a `BuiltinTemplate` becomes its
/// definition with the defaults of its parameters; a pipeline with a `builtin` block gets the sections that it does not
/// have itself.
struct TemplateExpansion: Sendable {
    let library: TemplateLibrary
    let interpolator: Interpolator

    /// The pipeline that a document means; nil when that cannot be found out, which is reported.
    func expand(_ document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode? {
        guard document.entries != nil else {
            diagnostics.error("expected a mapping, found \(document.kindName)", at: document)
            return nil
        }
        let kind = document["kind"].flatMap { interpolator.text(of: $0) } ?? "PipelineConfig"
        switch kind.lowercased() {
        case "runconfig": return runConfig(document, into: &diagnostics)
        case "builtintemplate": return template(document, into: &diagnostics)
        case "pipelineconfig": return pipeline(document, into: &diagnostics)
        default:
            let known = ["PipelineConfig", "RunConfig", "BuiltinTemplate"]
            if let node = document["kind"] {
                diagnostics.error(
                    "'\(kind)' is not allowed here", at: node, advice: NearMiss.advice(kind, among: known))
            }
            return nil
        }
    }

    private func runConfig(_ document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode? {
        // Only what leads to the template is needed now; placeholders elsewhere are replaced with all others later.
        let own = document.mapEntries { key, value in
            key == "runtime" ? value : interpolator.node(value, into: &diagnostics)
        }
        guard let run = RunConfigDocument.decode(own, into: &diagnostics), !run.baseTask.isEmpty,
            let place = own["base_task"]
        else { return nil }
        let version = run.templateVersion?.text
        guard let source = load(run.baseTask, version: version, at: place, into: &diagnostics) else { return nil }
        check(run, against: source.document, own, into: &diagnostics)
        let changes = RuntimeChanges(runtime: run.runtime)
        guard var definition = self.definition(of: source, runtime: changes, into: &diagnostics) else { return nil }
        definition = changes.apply(to: definition, into: &diagnostics)
        if let metadata = own["metadata"], let entry = own.entry("metadata") {
            let merged = definition["metadata"]?.overlaid(with: metadata, depth: 1) ?? metadata
            definition = definition.setting(
                ConfigEntry(key: "metadata", keyLocation: entry.keyLocation, value: merged))
        }
        return definition
    }

    private func template(_ document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode? {
        guard let template = TemplateDocument.decode(document, into: &diagnostics) else { return nil }
        let changes = RuntimeChanges(runtime: Entry(value: RuntimeOverrides(), node: .nowhere))
        return definition(of: (template, document), runtime: changes, into: &diagnostics)
    }

    private func pipeline(_ document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode? {
        guard let block = document["builtin"], !block.isNull else { return document }
        let own = interpolator.node(block, into: &diagnostics)
        guard let reference = BuiltinReference.decode(own, into: &diagnostics), let id = reference.pipelineID,
            let place = own["pipeline_id"]
        else { return document }
        let isPath = id.hasSuffix(".yaml") || id.hasSuffix(".yml") || id.hasPrefix("builtin/")
        let task = isPath ? id : "builtin/\(id)"
        guard let source = load(task, version: nil, at: place, into: &diagnostics) else { return nil }
        let node = reference.params.node ?? .nowhere
        guard let runtime = RuntimeOverrides.decode(node, into: &diagnostics) else { return nil }
        let changes = RuntimeChanges(runtime: Entry(value: runtime, node: node))
        guard var definition = definition(of: source, runtime: changes, into: &diagnostics) else { return nil }
        definition = changes.apply(to: definition, into: &diagnostics)
        definition.location = document.location
        for entry in document.entries ?? [] where entry.key != "builtin" { definition = definition.setting(entry) }
        return definition
    }

    // MARK: Templates

    typealias Source = (template: TemplateDocument, document: ConfigNode)

    private func load(
        _ task: String, version: String?, at place: ConfigNode, into diagnostics: inout Diagnostics
    ) -> (template: TemplateDocument, document: ConfigNode)? {
        guard let file = library.file(of: task, version: version) else {
            diagnostics.error(
                "there is no template '\(task)'\(version.map { " of version \($0)" } ?? "")", at: place,
                advice: "looked for \(library.expectation(of: task, version: version))")
            return nil
        }
        do throws(ConfigurationFile.Problem) {
            let text = try ConfigurationFile.read(file)
            guard let document = NodeReader(file: file).read(text, into: &diagnostics),
                let template = TemplateDocument.decode(document, into: &diagnostics)
            else { return nil }
            return (template, document)
        } catch {
            diagnostics.error(error.message, at: place)
            return nil
        }
    }

    private func check(
        _ run: RunConfigDocument, against document: ConfigNode, _ own: ConfigNode, into diagnostics: inout Diagnostics
    ) {
        let metadata = document["metadata"]
        if let wanted = run.templateVersion?.text, let node = own["template_version"],
            let found = metadata?["version"]?.text,
            TemplateLibrary.folded(found) != TemplateLibrary.folded(wanted)
        {
            diagnostics.error("the template is version \(found), not \(wanted)", at: node)
        }
        if let wanted = run.templateDigest, let node = own["template_digest"],
            let found = metadata?["digest"]?.text, found != wanted
        {
            diagnostics.error(
                "the template has changed: its digest is \(found)", at: node,
                advice: "look at what changed in \(document.location.file), then write its digest here")
        }
    }

    /// A template's definition with `${runtime.…}` replaced by the run's values or the parameters' defaults.
    private func definition(
        of source: Source, runtime: RuntimeChanges, into diagnostics: inout Diagnostics
    ) -> ConfigNode? {
        guard let definition = source.template.definition.node else { return nil }
        var defaults: [String: ConfigNode] = [:]
        for parameter in source.template.parameters.entries {
            defaults[parameter.name] = parameter.defaultValue?.node
        }
        let replacement = RuntimeReplacement(runtime: runtime.node, defaults: defaults)
        return replacement.replace(definition.moved(to: ""), into: &diagnostics)
    }
}
