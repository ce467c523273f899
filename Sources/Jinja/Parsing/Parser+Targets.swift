extension Parser {
    private static let reserved: Set<String> = ["true", "false", "none", "True", "False", "None"]

    /// Reads what an assignment binds: a name, a namespace's attribute, or several with commas between.
    mutating func assignmentTarget(allowsNamespace: Bool) throws(TemplateError) -> AssignmentTarget {
        var targets: [AssignmentTarget] = []
        var isTuple = false
        while true {
            if !targets.isEmpty, isAtTargetEnd { break }
            targets.append(try singleTarget(allowsNamespace: allowsNamespace))
            guard skip(.comma) else { break }
            isTuple = true
        }
        if !isTuple, let only = targets.first { return only }
        return .tuple(targets)
    }

    private var isAtTargetEnd: Bool {
        isAt(name: "in") || isAt(.assign) || isAt(.rightParenthesis) || current.kind == .blockEnd
    }

    private mutating func singleTarget(allowsNamespace: Bool) throws(TemplateError) -> AssignmentTarget {
        let position = current.position
        if skip(.leftParenthesis) {
            try enter()
            defer { leave() }
            let inner = try assignmentTarget(allowsNamespace: allowsNamespace)
            try expect(.rightParenthesis)
            return inner
        }
        let name = try expectName()
        guard !Self.reserved.contains(name) else {
            throw failure("'\(name)' is a constant and cannot be assigned to", at: position)
        }
        if isAt(.dot), allowsNamespace {
            advance()
            return .namespaceAttribute(name, try expectName(), position)
        }
        guard name != "loop" || (allowsNamespace && openLoops == 0) else {
            throw failure("'loop' is the loop's own variable and cannot be assigned to", at: position)
        }
        return .name(name)
    }
}
