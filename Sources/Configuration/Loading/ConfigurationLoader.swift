public import Evaluation
import JSON

/// Reads a configuration, checks it and compiles it to a plan.
///
/// The order is: YAML, templates, short forms, overrides, `${…}`, paths, types, plan. Whatever is wrong at any of these
/// is reported with its place, and reading goes on as far as it can, so that one look shows all mistakes.
public struct ConfigurationLoader: Sendable {
    /// The components that configurations can name.
    public let registry: Registry
    /// The variables that `${…}` can name.
    public let environment: [String: String]
    /// The directory against which relative paths are read.
    public let baseDirectory: String
    /// Whether secret variables may be unset, because no server will be called.
    public var toleratesMissingSecrets = false

    /// Makes a loader.
    ///
    /// `baseDirectory` is the directory that gage was started in. See ``PathResolver`` for where else files are looked
    /// for.
    public init(registry: Registry, environment: [String: String], baseDirectory: String) {
        self.registry = registry
        self.environment = environment
        self.baseDirectory = baseDirectory
    }

    /// Reads a file.
    public func load(path: String, overrides: [ConfigurationOverride] = []) -> LoadResult {
        do throws(ConfigurationFile.Problem) {
            let text = try ConfigurationFile.read(PathResolver.joined(baseDirectory, path))
            return load(text: text, file: path, overrides: overrides)
        } catch {
            var diagnostics = Diagnostics()
            diagnostics.add(
                Diagnostic(.error, error.message, location: SourceLocation(file: path, line: 1, column: 1)))
            return LoadResult(plan: nil, diagnostics: diagnostics, document: nil)
        }
    }

    /// Reads a text; `file` is its name in messages, and where relative paths are looked for.
    public func load(text: String, file: String, overrides: [ConfigurationOverride] = []) -> LoadResult {
        var diagnostics = Diagnostics()
        let context = PlanCompiler.Context(
            registry: registry, environment: environment, baseDirectory: baseDirectory,
            paths: PathResolver(baseDirectory: baseDirectory, file: file), fallbackName: Self.stem(of: file))
        guard let root = effectiveRoot(text, file, overrides, context.paths, into: &diagnostics) else {
            diagnostics.sortByLocation()
            return LoadResult(plan: nil, diagnostics: diagnostics, document: nil)
        }
        let (plan, blocks) = PlanCompiler.compile(root, in: context, into: &diagnostics)
        diagnostics.sortByLocation()
        let shown = EffectiveTree(walk: SchemaWalk(blocks: blocks)).shown(root, as: PipelineDocument.schema)
        return LoadResult(
            plan: plan, diagnostics: diagnostics,
            document: EffectiveDocument(root: shown, written: root, blocks: blocks))
    }

    private func effectiveRoot(
        _ text: String, _ file: String, _ overrides: [ConfigurationOverride], _ paths: PathResolver,
        into diagnostics: inout Diagnostics
    ) -> ConfigNode? {
        let interpolator = Interpolator(
            environment: environment, secretStandIn: toleratesMissingSecrets ? Secrets.mask : nil)
        guard let written = NodeReader(file: file).read(text, into: &diagnostics) else { return nil }
        let templates = TemplateExpansion(
            library: TemplateLibrary(resolver: paths), interpolator: interpolator)
        guard var root = templates.expand(written, into: &diagnostics) else { return nil }
        let shorthand = ShorthandExpansion()
        root = shorthand.expand(root, into: &diagnostics)
        root = OverrideApplication(interpolator: interpolator).apply(overrides, to: root, into: &diagnostics)
        root = shorthand.expand(root, into: &diagnostics)
        root = interpolator.interpolate(root, into: &diagnostics)
        root = PathRewriting(resolver: paths).rewrite(root, into: &diagnostics)
        root = SecondGeneration.refused(in: root, into: &diagnostics)
        return ImplicitTask.added(to: root, into: &diagnostics)
    }

    private static func stem(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.split(separator: ".").first.map(String.init) ?? name
    }
}

/// What came of reading a configuration.
public struct LoadResult: Sendable {
    /// The plan; nil when anything was wrong.
    public var plan: Plan?
    /// Everything that there is to say, in the order of places.
    public var diagnostics: Diagnostics
    /// The configuration that holds after templates, overrides and variables; nil when the text is no YAML mapping.
    public var document: EffectiveDocument?
}
