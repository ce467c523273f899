extension Parser {
    /// Reads an operand with its signs, subscripts, calls, filters and tests.
    mutating func unary(withFilters: Bool = true) throws(TemplateError) -> Expression {
        let position = current.position
        var node: Expression
        if isAt(.subtract) || isAt(.add) {
            let negates = isAt(.subtract)
            advance()
            try enter()
            defer { leave() }
            let inner = try unary(withFilters: false)
            node = try make(negates ? .negate(inner) : .plus(inner), over: [inner], at: position)
        } else {
            node = try primary()
        }
        node = try postfix(node)
        return withFilters ? try filtersAndTests(node) : node
    }

    private mutating func primary() throws(TemplateError) -> Expression {
        let position = current.position
        switch current.kind {
        case .name(let name):
            advance()
            return try make(named(name), over: [], at: position)
        case .string:
            return try make(.constant(.string(strings())), over: [], at: position)
        case .integer(let value):
            advance()
            return try make(.constant(.int(value)), over: [], at: position)
        case .float(let value):
            advance()
            return try make(.constant(.float(value)), over: [], at: position)
        case .symbol(.leftParenthesis):
            advance()
            try enter()
            defer { leave() }
            let inner = try tuple(allowsEmpty: true)
            try expect(.rightParenthesis)
            return inner
        case .symbol(.leftBracket): return try list()
        case .symbol(.leftBrace): return try dict()
        default: throw unexpected("an expression")
        }
    }

    private mutating func named(_ name: String) -> Expression.Kind {
        switch name {
        case "true", "True": return .constant(.bool(true))
        case "false", "False": return .constant(.bool(false))
        case "none", "None": return .constant(.none)
        default: break
        }
        // A nested macro's use counts for every macro around it.
        for level in specials.indices {
            switch name {
            case "caller": specials[level].caller = true
            case "kwargs": specials[level].keywords = true
            case "varargs": specials[level].positional = true
            default: break
            }
        }
        return .name(name)
    }

    /// Strings that stand side by side are one.
    private mutating func strings() -> String {
        var text = ""
        while case .string(let part) = current.kind {
            text += part
            advance()
        }
        return text
    }

    private mutating func list() throws(TemplateError) -> Expression {
        let position = current.position
        try expect(.leftBracket)
        var elements: [Expression] = []
        while !isAt(.rightBracket) {
            elements.append(try expression())
            if !isAt(.rightBracket) { try expect(.comma) }
        }
        try expect(.rightBracket)
        return try make(.list(elements), over: elements, at: position)
    }

    private mutating func dict() throws(TemplateError) -> Expression {
        let position = current.position
        try expect(.leftBrace)
        var entries: [Expression.DictEntry] = []
        while !isAt(.rightBrace) {
            let key = try expression()
            try expect(.colon)
            entries.append(Expression.DictEntry(key: key, value: try expression()))
            if !isAt(.rightBrace) { try expect(.comma) }
        }
        try expect(.rightBrace)
        return try make(.dict(entries), over: entries.flatMap { [$0.key, $0.value] }, at: position)
    }

    // MARK: Subscripts and calls

    mutating func postfix(_ base: Expression) throws(TemplateError) -> Expression {
        var node = base
        while true {
            let position = current.position
            if skip(.dot) {
                node = try attribute(of: node, at: position)
            } else if isAt(.leftBracket) {
                node = try subscripted(node)
            } else if isAt(.leftParenthesis) {
                let arguments = try callArguments()
                node = try make(.call(node, arguments), over: [node] + arguments.expressions, at: position)
            } else {
                return node
            }
        }
    }

    private mutating func attribute(of base: Expression, at position: Position) throws(TemplateError) -> Expression {
        switch current.kind {
        case .name(let name):
            advance()
            return try make(.attribute(base, name), over: [base], at: position)
        case .integer(let index):
            let key = try make(.constant(.int(index)), over: [], at: current.position)
            advance()
            return try make(.item(base, key), over: [base], at: position)
        default: throw unexpected("a name or number after '.'")
        }
    }

    private mutating func subscripted(_ base: Expression) throws(TemplateError) -> Expression {
        let position = current.position
        try expect(.leftBracket)
        if isAt(.colon) { return try slice(base, start: nil, at: position) }
        let first = try expression()
        if isAt(.colon) { return try slice(base, start: first, at: position) }
        var keys = [first]
        while skip(.comma), !isAt(.rightBracket) { keys.append(try expression()) }
        try expect(.rightBracket)
        let key = keys.count == 1 ? first : try make(.tuple(keys), over: keys, at: position)
        return try make(.item(base, key), over: [base, key], at: position)
    }

    private mutating func slice(
        _ base: Expression, start: Expression?, at position: Position
    ) throws(TemplateError) -> Expression {
        var slice = Expression.Slice(start: start)
        try expect(.colon)
        if !isAt(.colon), !isAt(.rightBracket) { slice.stop = try expression() }
        if skip(.colon), !isAt(.rightBracket) { slice.step = try expression() }
        try expect(.rightBracket)
        let bounds = [slice.start, slice.stop, slice.step].compactMap(\.self)
        return try make(.slice(base, slice), over: [base] + bounds, at: position)
    }

    mutating func callArguments() throws(TemplateError) -> CallArguments {
        let position = current.position
        try expect(.leftParenthesis)
        var arguments = CallArguments()
        while !isAt(.rightParenthesis) {
            try callArgument(into: &arguments, openedAt: position)
            if !isAt(.rightParenthesis) { try expect(.comma) }
        }
        try expect(.rightParenthesis)
        return arguments
    }

    private mutating func callArgument(
        into arguments: inout CallArguments, openedAt position: Position
    ) throws(TemplateError) {
        let mixed = failure("the arguments must come in order: plain ones, 'name=' ones, '*', '**'", at: position)
        if skip(.multiply) {
            guard arguments.spread == nil, arguments.keywordSpread == nil else { throw mixed }
            arguments.spread = try expression()
        } else if skip(.power) {
            guard arguments.keywordSpread == nil else { throw mixed }
            arguments.keywordSpread = try expression()
        } else if case .name(let name) = current.kind, next.kind == .symbol(.assign) {
            guard arguments.keywordSpread == nil else { throw mixed }
            guard !arguments.keywords.contains(where: { $0.name == name }) else {
                throw failure("the argument '\(name)' is given twice", at: current.position)
            }
            advance()
            advance()
            arguments.keywords.append(CallArguments.Keyword(name: name, value: try expression()))
        } else {
            guard arguments.spread == nil, arguments.keywordSpread == nil, arguments.keywords.isEmpty else {
                throw mixed
            }
            arguments.positional.append(try expression())
        }
    }

    // MARK: Filters and tests

    private mutating func filtersAndTests(_ base: Expression) throws(TemplateError) -> Expression {
        var node = base
        while true {
            let position = current.position
            if skip(.pipe) {
                let call = try filterCall()
                node = try make(.filter(node, call), over: [node] + call.arguments.expressions, at: call.position)
            } else if skip(name: "is") {
                node = try test(node, at: position)
            } else if isAt(.leftParenthesis) {
                let arguments = try callArguments()
                node = try make(.call(node, arguments), over: [node] + arguments.expressions, at: position)
            } else {
                return node
            }
        }
    }

    /// Reads `| a | b(c)`; none is fine too.
    mutating func filterCalls() throws(TemplateError) -> [FilterCall] {
        var calls: [FilterCall] = []
        while skip(.pipe) { calls.append(try filterCall()) }
        return calls
    }

    /// Reads a filter's name and arguments, without the bar before it.
    mutating func filterCall() throws(TemplateError) -> FilterCall {
        let position = current.position
        let name = try expectName()
        let arguments = isAt(.leftParenthesis) ? try callArguments() : CallArguments()
        guard let function = Filters.all[name] else {
            throw failure(Filters.absence(of: name), at: position)
        }
        return FilterCall(name: name, function: function, arguments: arguments, position: position)
    }

    private mutating func test(_ base: Expression, at position: Position) throws(TemplateError) -> Expression {
        let isNegated = skip(name: "not")
        let namePosition = current.position
        let name = try expectName()
        var arguments = CallArguments()
        if isAt(.leftParenthesis) {
            arguments = try callArguments()
        } else if beginsTestArgument {
            guard !isAt(name: "is") else { throw failure("tests cannot be chained with 'is'", at: current.position) }
            let argument = try primary()
            arguments.positional = [try postfix(argument)]
        }
        guard let function = Predicates.all[name] else {
            let hint = NearMiss.hint(for: name, among: Predicates.all.keys)
            throw failure("there is no test '\(name)'\(hint)", at: namePosition)
        }
        let call = TestCall(name: name, function: function, arguments: arguments)
        let node = try make(.test(base, call), over: [base] + arguments.expressions, at: position)
        return isNegated ? try make(.not(node), over: [node], at: position) : node
    }

    private var beginsTestArgument: Bool {
        switch current.kind {
        case .name(let name): !["else", "or", "and"].contains(name)
        case .string, .integer, .float: true
        case .symbol(let symbol): symbol == .leftBracket || symbol == .leftBrace
        default: false
        }
    }
}
