import Evaluation
import JSON
import Jinja

/// A parsed template with the variables of its prompt entry.
struct PromptTemplate: Sendable {
    private let template: Template
    private let params: JSONObject

    /// Parses the entry's template; a mistake in it is reported with its line.
    init(_ entry: PromptEntry) throws(EvaluationError) {
        params = entry.params
        do {
            template = try Template(entry.template, name: entry.promptID)
        } catch {
            throw EvaluationError(
                .configurationInvalid, "prompt '\(entry.promptID)': \(error.message)", cause: .configuration,
                advice: "look at line \(error.line) of its template")
        }
    }

    /// The rendered text without blank ends.
    ///
    /// A name that is not defined is an error that names it and its line.
    func render(_ variables: JSONObject) throws(EvaluationError) -> String {
        var context = variables
        for (key, value) in params { context[key] = value }
        do {
            return Self.stripped(try template.render(context))
        } catch {
            throw EvaluationError(
                .configurationInvalid, "prompt '\(error.name)' cannot be rendered: \(error.message)",
                cause: .configuration, advice: "look at line \(error.line) of its template")
        }
    }

    static func stripped(_ text: String) -> String {
        var view = text[...]
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}
