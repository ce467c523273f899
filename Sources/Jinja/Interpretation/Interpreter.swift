import JSON

/// Renders one template once: the variables, the output so far, and what it has cost.
final class Interpreter {
    /// Whether statements go on, or a loop is being left or taken to its next turn.
    enum Flow {
        case onward, breakLoop, continueLoop
    }

    let heap = Heap()
    let name: String
    let limits: TemplateLimits
    /// The place whose failure would be reported: kept up to date by whoever is about to do what can fail.
    var position = Position(line: 1, column: 1)
    var scope = Scope(parent: nil)
    private let context: JSONObject
    /// The context's values that have been looked at; the same value each time, since lists and dicts are mutable.
    private var contextValues: [String: Value] = [:]
    private var output = ""
    private var steps = 0
    private var depth = 0

    init(context: JSONObject, name: String, limits: TemplateLimits) {
        self.context = context
        self.name = name
        self.limits = limits
    }

    func render(_ body: [Statement]) throws(TemplateError) -> String {
        _ = try execute(body)
        return output
    }

    // MARK: Variables

    /// The value of a variable: of the blocks, the context, the language, in this order.
    func lookUp(_ name: String) -> Value {
        if let value = scope.value(name) ?? contextValues[name] { return value }
        if let json = context[name] {
            let value = Value(json: json, heap: heap)
            contextValues[name] = value
            return value
        }
        if let function = Globals.all[name] { return .object(FunctionObject(name, function)) }
        return .undefined(Undefined(.name(name)))
    }

    /// Every name that could have been meant.
    var visibleNames: [String] { scope.visibleNames + context.keys + Globals.all.keys }

    /// Runs something with a block's own variables.
    func inScope<Result>(
        _ inner: Scope, _ body: () throws(TemplateError) -> Result
    ) throws(TemplateError) -> Result {
        let outer = scope
        scope = inner
        defer { scope = outer }
        return try body()
    }

    // MARK: Output

    func write(_ text: String) throws(TemplateError) {
        try chargeText(text.utf8.count)
        output += text
        try checkLength(output.utf8.count)
    }

    /// What something writes, kept out of the output.
    func capture(_ body: () throws(TemplateError) -> Flow) throws(TemplateError) -> (text: String, flow: Flow) {
        let outer = output
        output = ""
        defer { output = outer }
        let flow = try body()
        return (output, flow)
    }

    // MARK: Limits

    /// Counts steps of work.
    func charge(_ count: Int = 1) throws(TemplateError) {
        let (total, overflow) = steps.addingReportingOverflow(count)
        guard !overflow, total <= limits.maximumSteps else {
            throw failure("rendering takes more than \(limits.maximumSteps) steps")
        }
        steps = total
    }

    /// Counts the work of handling text of so many bytes.
    func chargeText(_ bytes: Int) throws(TemplateError) { try charge(1 + bytes / 64) }

    /// Refuses text that is, or is about to become, longer than any may be.
    func checkLength(_ bytes: Int) throws(TemplateError) {
        guard bytes <= limits.maximumOutputBytes else {
            throw failure("a text grows beyond \(limits.maximumOutputBytes) bytes")
        }
    }

    /// Runs something one level deeper.
    func deeper<Result>(_ body: () throws(TemplateError) -> Result) throws(TemplateError) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.maximumDepth else {
            throw failure("rendering nests deeper than \(limits.maximumDepth) levels: is something calling itself?")
        }
        return try body()
    }

    // MARK: Failures

    /// An error at the place that is being evaluated.
    func failure(_ message: String) -> TemplateError {
        TemplateError(message, name: name, line: Int(position.line), column: Int(position.column))
    }

    /// The error for a use of something undefined.
    func failure(_ undefined: Undefined) -> TemplateError {
        switch undefined.reason {
        case .message(let message): return failure(message)
        case .name(let name):
            return failure("'\(name)' is undefined\(NearMiss.hint(for: name, among: visibleNames))")
        case .member(let owner, let key, let path):
            return failure(describe(owner: owner, key: key, path: path))
        }
    }

    private func describe(owner: Value, key: Value, path: String?) -> String {
        let kind = if case .none = owner { "none" } else { "\(owner.described)" }
        guard let name = key.text else {
            let element = (try? repr(key)).map { " \($0)" } ?? ""  // A key too large to print is left out.
            let subject = path.map { "'\($0)' is undefined: " } ?? ""
            return "\(subject)\(kind) has no element\(element)"
        }
        var hint = ""
        if case .dict(let dict) = owner {
            hint = NearMiss.hint(for: name, among: dict.allKeys.compactMap(\.text))
        } else if case .object(let object) = owner, let namespace = object as? NamespaceObject {
            hint = NearMiss.hint(for: name, among: namespace.attributes.allKeys.compactMap(\.text))
        }
        let subject = path.map { "'\($0)' is undefined: " } ?? ""
        return "\(subject)\(kind) has no member '\(name)'\(hint)"
    }
}
