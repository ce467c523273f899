/// The filters of the language, under their names.
enum Filters {
    static let all: [String: Filter] =
        texts.merging(numbers) { first, _ in first }
        .merging(sequences) { first, _ in first }
        .merging(selections) { first, _ in first }
        .merging(orders) { first, _ in first }
        .merging(general) { first, _ in first }

    /// Filters of Jinja2 that are left out, and why.
    private static let absent = [
        "random": "its result would differ from run to run",
        "pprint": "use 'tojson(indent=2)'",
        "striptags": "HTML is not read here",
        "urlize": "HTML is not made here",
        "xmlattr": "HTML is not made here",
    ]

    /// Why there is no filter of a name.
    static func absence(of name: String) -> String {
        if let reason = absent[name] { return "the filter '\(name)' is not available: \(reason)" }
        return "there is no filter '\(name)'\(NearMiss.hint(for: name, among: all.keys))"
    }

    /// Makes a filter from its signature, the value before the bar not counted, and what it does.
    static func filter(
        _ name: String, _ parameters: [String] = [], required: Int = 0,
        _ body: @escaping @Sendable (Interpreter, Value, BoundArguments) throws(TemplateError) -> Value
    ) -> (String, Filter) {
        let signature = Signature(name, parameters, required: required)
        return (
            name,
            { (interpreter, value, arguments) throws(TemplateError) in
                try body(interpreter, value, try interpreter.bind(arguments, to: signature))
            }
        )
    }
}

extension Interpreter {
    /// A filter by the name that a template computes, as `map` takes it.
    func filter(named value: Value) throws(TemplateError) -> Filter {
        if case .undefined(let undefined) = value { throw failure(undefined) }
        guard let name = value.text else { throw failure("a filter is named by a string, not by \(value.described)") }
        guard let filter = Filters.all[name] else { throw failure(Filters.absence(of: name)) }
        return filter
    }

    /// A test by the name that a template computes, as `select` takes it.
    func predicate(named value: Value) throws(TemplateError) -> Predicate {
        if case .undefined(let undefined) = value { throw failure(undefined) }
        guard let name = value.text else { throw failure("a test is named by a string, not by \(value.described)") }
        guard let predicate = Predicates.all[name] else {
            throw failure("there is no test '\(name)'\(NearMiss.hint(for: name, among: Predicates.all.keys))")
        }
        return predicate
    }

    /// The steps of an attribute such as `address.city` or `0.name`; none for no attribute.
    func path(_ attribute: Value?) throws(TemplateError) -> [Value] {
        guard let attribute else { return [] }
        switch attribute {
        case .none: return []
        case .string(let text), .markup(let text):
            return TextSplitter.split(text, by: ".", limit: -1).map { part in
                Int(part).map { part.utf8.first == UInt8(ascii: "-") ? .string(part) : .int($0) } ?? .string(part)
            }
        default: return [attribute]
        }
    }

    /// The member of a value at a path; undefined where a step fails, or the default if there is one.
    func member(
        of value: Value, at path: [Value], default defaultValue: Value? = nil
    ) throws(TemplateError) -> Value {
        var value = value
        for key in path {
            if let found = try item(key, of: value) {
                value = found
            } else {
                value = defaultValue ?? .undefined(Undefined(.member(owner: value, key: key, path: nil)))
            }
        }
        return value
    }

    /// A value as sorting and grouping compare it: text without regard to case, unless that is asked for.
    func comparable(_ value: Value, caseSensitive: Bool) -> Value {
        guard !caseSensitive, let text = value.text else { return value }
        return .string(PythonText.lower(text))
    }

    /// An iterator that gives out what is computed when it is asked for; iterators over iterators count as depth.
    func lazy(_ advance: @escaping IteratorObject.Advance) -> Value {
        .object(
            IteratorObject(heap: heap) { [unowned self] () throws(TemplateError) -> Value? in
                try deeper { () throws(TemplateError) in try advance() }
            })
    }
}
