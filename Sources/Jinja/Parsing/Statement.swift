/// A statement of a template.
enum Statement: Sendable {
    /// Text that is written as it is.
    case text(String)
    /// `{{ expression }}`
    case output(Expression)
    /// `{% set target = value %}`
    case assignment(AssignmentTarget, Expression, Position)
    /// `{% set target | filter %}…{% endset %}`
    case blockAssignment(BlockAssignment)
    /// `{% if %}…{% elif %}…{% else %}…{% endif %}`
    case branch([Branch], otherwise: [Statement])
    /// `{% for %}…{% else %}…{% endfor %}`
    case loop(Loop)
    /// `{% macro name(parameters) %}…{% endmacro %}`
    case macro(MacroDefinition)
    /// `{% call(parameters) callee(arguments) %}…{% endcall %}`
    case callBlock(CallBlock)
    /// `{% filter name %}…{% endfilter %}`
    case filterBlock([FilterCall], [Statement])
    /// `{% with a = 1 %}…{% endwith %}`
    case with([WithBinding], [Statement])
    /// `{% do expression %}`
    case evaluation(Expression)
    /// `{% break %}`
    case breakLoop
    /// `{% continue %}`
    case continueLoop
}

/// What an assignment or loop binds.
indirect enum AssignmentTarget: Sendable {
    case name(String)
    case namespaceAttribute(String, String, Position)
    case tuple([AssignmentTarget])
}

/// A `set` with a body.
struct BlockAssignment: Sendable {
    var target: AssignmentTarget
    var filters: [FilterCall]
    var body: [Statement]
    var position: Position
}

/// One `if` or `elif`.
struct Branch: Sendable {
    var condition: Expression
    var body: [Statement]
}

/// A `for` loop; a class, since a recursive loop's body refers to it again.
final class Loop: Sendable {
    let target: AssignmentTarget
    let iterable: Expression
    let condition: Expression?
    let isRecursive: Bool
    let body: [Statement]
    let otherwise: [Statement]
    let position: Position

    init(
        header: LoopHeader, body: [Statement], otherwise: [Statement], position: Position
    ) {
        target = header.target
        iterable = header.iterable
        condition = header.condition
        isRecursive = header.isRecursive
        self.body = body
        self.otherwise = otherwise
        self.position = position
    }
}

/// What a `for` tag says.
struct LoopHeader {
    var target: AssignmentTarget
    var iterable: Expression
    var condition: Expression?
    var isRecursive: Bool
}

/// A macro, or the body of a `call` block.
final class MacroDefinition: Sendable {
    struct Parameter: Sendable {
        var name: String
        var defaultValue: Expression?
    }

    /// Which of the special variables a body uses; a macro takes what they stand for only then.
    struct Specials: Sendable {
        var caller = false
        var keywords = false
        var positional = false
    }

    let name: String?
    let parameters: [Parameter]
    let body: [Statement]
    let specials: Specials
    let position: Position

    init(name: String?, parameters: [Parameter], body: [Statement], specials: Specials, position: Position) {
        self.name = name
        self.parameters = parameters
        self.body = body
        self.specials = specials
        self.position = position
    }
}

/// A `call` block: the call, and the body that it may call back.
struct CallBlock: Sendable {
    var callee: Expression
    var arguments: CallArguments
    var body: MacroDefinition
    var position: Position
}

/// One binding of a `with` tag.
struct WithBinding: Sendable {
    var target: AssignmentTarget
    var value: Expression
}
