public import JSON

/// A prompt template in the language of Jinja2, read once and rendered any number of times.
///
/// Behaves like Jinja2 3.1 with `StrictUndefined`, without automatic escaping, and with the `do`, `break` and
/// `continue` statements; values print as Python prints them. Templates are alone: `include`, `import`, `extends` and
/// `block` are errors. Templates count as semi-trusted: what rendering costs is bounded by ``TemplateLimits``, and
/// nothing in a template can reach the machine.
///
/// Other than in Jinja2, integers that are reckoned with have 64 bits, a filter or test that does not exist is an error
/// even in a branch that is not taken, `-1 ** n` is a power of minus one, and what would give another text in every run
/// or needs HTML is left out: `random`, `lipsum`, `pprint`, `striptags`, `urlize` and `xmlattr`.
///
/// ```swift
/// let template = try Template("Hello {{ user.name | default('you') }}!")
/// let text = try template.render(["user": ["name": "Ada"]])
/// ```
public struct Template: Sendable {
    /// The name that errors give.
    public let name: String

    private let body: [Statement]
    private let options: TemplateOptions

    /// Reads a template; `name` is what errors call it.
    ///
    /// Throws a ``TemplateError`` with line and column when the source is not a template, or names a filter or test
    /// that does not exist.
    public init(
        _ source: String, name: String = "template", options: TemplateOptions = .init()
    ) throws(TemplateError) {
        self.name = name
        self.options = options
        var lexer = Lexer(source, name: name, options: options)
        var parser = Parser(tokens: try lexer.tokens(), name: name)
        body = try parser.template()
    }

    /// Renders the template with the context's members as variables.
    ///
    /// Throws a ``TemplateError`` when an undefined variable is used, an operation fails as it would in Python, or a
    /// limit is reached.
    public func render(_ context: JSONObject = [:]) throws(TemplateError) -> String {
        let interpreter = Interpreter(context: context, name: name, limits: options.limits)
        // Lists may hold each other in circles or chains of any length; emptying them one by one frees both safely.
        defer { interpreter.heap.clear() }
        return try interpreter.render(body)
    }
}
