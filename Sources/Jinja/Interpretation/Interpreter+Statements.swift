extension Interpreter {
    /// Executes statements one after the other until one leaves or continues a loop.
    func execute(_ body: [Statement]) throws(TemplateError) -> Flow {
        for statement in body {
            let flow = try execute(statement)
            if flow != .onward { return flow }
        }
        return .onward
    }

    private func execute(_ statement: Statement) throws(TemplateError) -> Flow {
        try charge()
        switch statement {
        case .text(let text): try write(text)
        case .output(let expression): try output(expression)
        case .assignment(let target, let expression, let position):
            let value = try evaluate(expression)
            self.position = position
            try assign(value, to: target)
        case .blockAssignment(let assignment): return try execute(assignment)
        case .branch(let branches, let otherwise): return try execute(branches, otherwise: otherwise)
        case .loop(let loop): return try run(loop)
        case .macro(let definition): define(definition)
        case .callBlock(let block): try execute(block)
        case .filterBlock(let filters, let body): return try execute(filters, over: body)
        case .with(let bindings, let body): return try execute(bindings, body)
        case .evaluation(let expression): _ = try evaluate(expression)
        case .breakLoop: return .breakLoop
        case .continueLoop: return .continueLoop
        }
        return .onward
    }

    private func output(_ expression: Expression) throws(TemplateError) {
        let value = try evaluate(expression)
        position = expression.position
        try write(try text(value))
    }

    private func execute(_ branches: [Branch], otherwise: [Statement]) throws(TemplateError) -> Flow {
        for branch in branches {
            let condition = try evaluate(branch.condition)
            position = branch.condition.position
            if try isTrue(condition) {
                return try deeper { () throws(TemplateError) in try execute(branch.body) }
            }
        }
        return try deeper { () throws(TemplateError) in try execute(otherwise) }
    }

    // MARK: Assignments

    func assign(_ value: Value, to target: AssignmentTarget) throws(TemplateError) {
        switch target {
        case .name(let name): scope.set(name, to: value)
        case .namespaceAttribute(let name, let attribute, let place):
            position = place
            guard case .object(let object) = lookUp(name), let namespace = object as? NamespaceObject else {
                throw failure("'\(name).\(attribute)' cannot be set: '\(name)' is not a namespace")
            }
            namespace.attributes.set(attribute, to: value)
        case .tuple(let targets):
            let values = try elements(of: value)
            guard values.count == targets.count else {
                throw failure(
                    values.count < targets.count
                        ? "there are \(values.count) values for \(targets.count) names"
                        : "there are more values than the \(targets.count) names to take them")
            }
            for (target, value) in zip(targets, values) { try assign(value, to: target) }
        }
    }

    private func execute(_ assignment: BlockAssignment) throws(TemplateError) -> Flow {
        let (text, flow) = try captureBlock(assignment.body)
        guard flow == .onward else { return flow }
        let value = try apply(assignment.filters, to: .string(text))
        position = assignment.position
        try assign(value, to: assignment.target)
        return .onward
    }

    private func execute(_ filters: [FilterCall], over body: [Statement]) throws(TemplateError) -> Flow {
        let (text, flow) = try captureBlock(body)
        guard flow == .onward else { return flow }
        let value = try apply(filters, to: .string(text))
        guard let filtered = value.text else {
            throw failure("a filter block must give a string, not \(value.described)")
        }
        try write(filtered)
        return .onward
    }

    private func captureBlock(_ body: [Statement]) throws(TemplateError) -> (text: String, flow: Flow) {
        try deeper { () throws(TemplateError) in
            try inScope(Scope(parent: scope)) { () throws(TemplateError) in
                try capture { () throws(TemplateError) in try execute(body) }
            }
        }
    }

    private func apply(_ filters: [FilterCall], to value: Value) throws(TemplateError) -> Value {
        var value = value
        for filter in filters { value = try apply(filter, to: value) }
        return value
    }

    private func execute(_ bindings: [WithBinding], _ body: [Statement]) throws(TemplateError) -> Flow {
        let inner = Scope(parent: scope)
        for binding in bindings {
            // The values are those of the block outside, whatever has been bound so far.
            let value = try evaluate(binding.value)
            position = binding.value.position
            try inScope(inner) { () throws(TemplateError) in try assign(value, to: binding.target) }
        }
        return try deeper { () throws(TemplateError) in
            try inScope(inner) { () throws(TemplateError) in try execute(body) }
        }
    }
}
