extension Parser {
    /// Reads statements up to a block tag that begins with one of the ending names, which is left over but not its end.
    mutating func statements(
        until endings: [String], of opener: String, openedAt position: Position
    ) throws(TemplateError) -> (body: [Statement], ending: String) {
        try enter()
        defer { leave() }
        var body: [Statement] = []
        while true {
            switch current.kind {
            case .data(let text):
                advance()
                body.append(.text(text))
            case .variableBegin:
                advance()
                body.append(.output(try tuple()))
                try expectEnd(.variableEnd)
            case .blockBegin:
                advance()
                if case .name(let name) = current.kind, endings.contains(name) {
                    advance()
                    return (body, name)
                }
                body.append(contentsOf: try statement(inside: opener, openedAt: position, endings: endings))
                try expectEnd(.blockEnd)
            default:
                guard endings.isEmpty else {
                    throw failure("'\(opener)' is not closed: '\(endings.last ?? "")' is missing", at: position)
                }
                return (body, "")
            }
        }
    }

    /// Reads the body of a block whose tag has just been read, and the ending tag's name.
    mutating func block(
        _ opener: String, until endings: [String], openedAt position: Position
    ) throws(TemplateError) -> (body: [Statement], ending: String) {
        _ = skip(.colon)
        try expectEnd(.blockEnd)
        return try statements(until: endings, of: opener, openedAt: position)
    }

    private mutating func statement(
        inside opener: String, openedAt: Position, endings: [String]
    ) throws(TemplateError) -> [Statement] {
        let position = current.position
        let name = try expectName()
        switch name {
        case "for": return [.loop(try forLoop(position))]
        case "if": return [try branches(position)]
        case "set": return [try assignment(position)]
        case "macro": return [.macro(try macro(position))]
        case "call": return [try callBlock(position)]
        case "filter": return [try filterBlock(position)]
        case "with": return [try with(position)]
        case "do": return [.evaluation(try tuple())]
        case "print": return try prints()
        case "break", "continue":
            guard openLoops > 0 else { throw failure("'\(name)' is outside of a loop", at: position) }
            return [name == "break" ? .breakLoop : .continueLoop]
        default: throw unknown(tag: name, at: position, inside: opener, openedAt: openedAt, endings: endings)
        }
    }

    private func unknown(
        tag name: String, at position: Position, inside opener: String, openedAt: Position, endings: [String]
    ) -> TemplateError {
        switch name {
        case "include", "import", "from", "extends", "block":
            return failure("'\(name)' is not available: a template here stands alone and loads no others", at: position)
        case "autoescape", "trans", "pluralize", "debug":
            return failure("'\(name)' is not available here", at: position)
        default: break
        }
        if name.hasPrefix("end") || name == "else" || name == "elif" {
            let expectation =
                opener.isEmpty
                ? "no block is open"
                : "'\(opener)' of line \(openedAt.line) needs \(endings.map { "'\($0)'" }.joined(separator: " or "))"
            return failure("unexpected '\(name)': \(expectation)", at: position)
        }
        let tags = ["for", "if", "set", "macro", "call", "filter", "with", "do", "print", "break", "continue", "raw"]
        return failure("unknown tag '\(name)'\(NearMiss.hint(for: name, among: tags))", at: position)
    }

    private mutating func prints() throws(TemplateError) -> [Statement] {
        var outputs: [Statement] = []
        while current.kind != .blockEnd {
            if !outputs.isEmpty { try expect(.comma) }
            outputs.append(.output(try expression()))
        }
        return outputs
    }

    private mutating func branches(_ position: Position) throws(TemplateError) -> Statement {
        var branches: [Branch] = []
        while true {
            let condition = try tuple(allowsConditional: false)
            let (body, ending) = try block("if", until: ["elif", "else", "endif"], openedAt: position)
            branches.append(Branch(condition: condition, body: body))
            switch ending {
            case "elif": continue
            case "else":
                let (otherwise, _) = try block("if", until: ["endif"], openedAt: position)
                return .branch(branches, otherwise: otherwise)
            default: return .branch(branches, otherwise: [])
            }
        }
    }

    private mutating func forLoop(_ position: Position) throws(TemplateError) -> Loop {
        let target = try assignmentTarget(allowsNamespace: false)
        try expect(name: "in")
        let iterable = try tuple(allowsConditional: false, endName: "recursive")
        let condition = skip(name: "if") ? try expression() : nil
        let isRecursive = skip(name: "recursive")
        openLoops += 1
        let (body, ending) = try block("for", until: ["else", "endfor"], openedAt: position)
        openLoops -= 1
        let otherwise =
            ending == "else" ? try block("for", until: ["endfor"], openedAt: position).body : []
        let header = LoopHeader(target: target, iterable: iterable, condition: condition, isRecursive: isRecursive)
        return Loop(header: header, body: body, otherwise: otherwise, position: position)
    }

    private mutating func assignment(_ position: Position) throws(TemplateError) -> Statement {
        let target = try assignmentTarget(allowsNamespace: true)
        if skip(.assign) { return .assignment(target, try tuple(), position) }
        let filters = try filterCalls()
        let (body, _) = try block("set", until: ["endset"], openedAt: position)
        return .blockAssignment(BlockAssignment(target: target, filters: filters, body: body, position: position))
    }

    private mutating func filterBlock(_ position: Position) throws(TemplateError) -> Statement {
        var filters = [try filterCall()]
        filters += try filterCalls()
        let (body, _) = try block("filter", until: ["endfilter"], openedAt: position)
        return .filterBlock(filters, body)
    }

    private mutating func with(_ position: Position) throws(TemplateError) -> Statement {
        var bindings: [WithBinding] = []
        while current.kind != .blockEnd, !isAt(.colon) {
            if !bindings.isEmpty { try expect(.comma) }
            // A comma divides bindings, so a tuple needs its parentheses.
            let target = try assignmentTarget(allowsNamespace: false)
            try expect(.assign)
            bindings.append(WithBinding(target: target, value: try expression()))
        }
        let (body, _) = try block("with", until: ["endwith"], openedAt: position)
        return .with(bindings, body)
    }

    // MARK: Macros

    private mutating func macro(_ position: Position) throws(TemplateError) -> MacroDefinition {
        let name = try expectName()
        let parameters = try self.parameters()
        return try macroBody("macro", name: name, parameters: parameters, openedAt: position)
    }

    private mutating func callBlock(_ position: Position) throws(TemplateError) -> Statement {
        let parameters = isAt(.leftParenthesis) ? try self.parameters() : []
        let call = try expression()
        guard case .call(let callee, let arguments) = call.kind else {
            throw failure("'call' needs a call such as 'name(…)'", at: call.position)
        }
        let body = try macroBody("call", name: nil, parameters: parameters, openedAt: position)
        return .callBlock(CallBlock(callee: callee, arguments: arguments, body: body, position: call.position))
    }

    private mutating func macroBody(
        _ opener: String, name: String?, parameters: [MacroDefinition.Parameter], openedAt position: Position
    ) throws(TemplateError) -> MacroDefinition {
        specials.append(MacroDefinition.Specials())
        let loopsOutside = openLoops
        openLoops = 0
        let (body, _) = try block(opener, until: ["end\(opener)"], openedAt: position)
        openLoops = loopsOutside
        var used = specials.removeLast()
        let names = Set(parameters.map(\.name))
        if used.caller, parameters.contains(where: { $0.name == "caller" && $0.defaultValue == nil }) {
            throw failure(
                "the parameter 'caller' needs a default, as not every call is made by a 'call' block", at: position)
        }
        used.keywords = used.keywords && !names.contains("kwargs")
        used.positional = used.positional && !names.contains("varargs")
        return MacroDefinition(name: name, parameters: parameters, body: body, specials: used, position: position)
    }

    private mutating func parameters() throws(TemplateError) -> [MacroDefinition.Parameter] {
        try expect(.leftParenthesis)
        var parameters: [MacroDefinition.Parameter] = []
        while !isAt(.rightParenthesis) {
            if !parameters.isEmpty { try expect(.comma) }
            let position = current.position
            let name = try expectName()
            guard !parameters.contains(where: { $0.name == name }) else {
                throw failure("the parameter '\(name)' is given twice", at: position)
            }
            let defaultValue = skip(.assign) ? try expression() : nil
            if defaultValue == nil, parameters.last?.defaultValue != nil {
                throw failure("the parameter '\(name)' needs a default, as those before it have one", at: position)
            }
            parameters.append(MacroDefinition.Parameter(name: name, defaultValue: defaultValue))
        }
        try expect(.rightParenthesis)
        return parameters
    }
}
