import JSON
import Jinja
import Testing

@Suite struct ErrorTests {
    static let context: JSONObject = [
        "user": ["name": "Ada", "address": ["city": "London"]], "items": [1, 2, 3], "question": "why", "nothing": nil,
    ]

    private func error(of template: String) -> TemplateError? {
        #expect(throws: TemplateError.self) { try Template(template, name: "prompt").render(Self.context) }
    }

    @Test(arguments: [
        ("{{ qestion }}", "'qestion' is undefined (did you mean 'question'?)", 1, 4),
        ("a\nb {{ nope }}", "'nope' is undefined", 2, 6),
        ("{{ user.nmae }}", "'user.nmae' is undefined: a dict has no member 'nmae' (did you mean 'name'?)", 1, 8),
        ("{{ user['nmae'] }}", "'user.nmae' is undefined: a dict has no member 'nmae' (did you mean 'name'?)", 1, 8),
        ("{{ user.address.town.x }}", "'user.address.town' is undefined: a dict has no member 'town'", 1, 21),
        ("{{ items[7] }}", "'items[7]' is undefined: a list has no element 7", 1, 9),
        ("{{ nothing.x }}", "'nothing.x' is undefined: none has no member 'x'", 1, 11),
        ("\n\n{% for x in itms %}{% endfor %}", "'itms' is undefined (did you mean 'items'?)", 3, 13),
        ("{% if missing > 1 %}{% endif %}", "'missing' is undefined", 1, 15),
        ("{{ missing | upper }}", "'missing' is undefined", 1, 14),
        ("{% set later = missing %}\n{{ later }}", "'missing' is undefined", 2, 4),
        ("{{ missing() }}", "'missing' is undefined", 1, 11),
        ("{% set total = 1 %}{{ totla }}", "'totla' is undefined (did you mean 'total'?)", 1, 23),
    ])
    func undefinedNamesAreNamedAndLocated(template: String, message: String, line: Int, column: Int) {
        let error = error(of: template)
        #expect(error?.message == message)
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.description == "prompt:\(line):\(column): \(message)")
    }

    @Test(arguments: [
        ("{{ x | uper }}", "there is no filter 'uper' (did you mean 'upper'?)", 1, 8),
        ("{{ x is strin }}", "there is no test 'strin' (did you mean 'string'?)", 1, 9),
        ("{% esle %}", "unknown tag 'esle'", 1, 4),
        ("{% fro x in y %}", "unknown tag 'fro' (did you mean 'for'?)", 1, 4),
        ("{% include 'x' %}", "'include' is not available: a template here stands alone and loads no others", 1, 4),
        ("{% extends 'x' %}", "'extends' is not available", 1, 4),
        ("{% import 'x' as y %}", "'import' is not available", 1, 4),
        ("{% from 'x' import y %}", "'from' is not available", 1, 4),
        ("{% block b %}{% endblock %}", "'block' is not available", 1, 4),
        ("{{ xs | random }}", "the filter 'random' is not available: its result would differ from run to run", 1, 9),
        ("a\n{% if x %}\nb", "'if' is not closed: 'endif' is missing", 2, 4),
        (
            "{% for x in y %}\n{% if x %}\n{% endfor %}",
            "unexpected 'endfor': 'if' of line 2 needs 'elif' or 'else' or 'endif'", 3, 4
        ),
        ("x {{ y", "the tag is not closed: '}}' is missing", 1, 3), ("{% if x }}", "unexpected '}'", 1, 9),
        ("{# open", "the comment '{#' is not closed: '#}' is missing", 1, 1),
        ("{{ 'abc }}", "the string is not closed: ' is missing", 1, 4),
        ("{{ 1 + }}", "expected an expression, got '}}'", 1, 8), ("{{ a b }}", "expected '}}', got 'b'", 1, 6),
        ("{{ a ? b }}", "unexpected character '?'", 1, 6),
        ("{{ 99999999999999999999 }}", "the integer '99999999999999999999' does not fit 64 bits", 1, 4),
        ("{% break %}", "'break' is outside of a loop", 1, 4),
    ])
    func faultsOfATemplateAreFoundWhenItIsRead(template: String, message: String, line: Int, column: Int) {
        let error = #expect(throws: TemplateError.self) { try Template(template, name: "prompt") }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test(arguments: [
        ("{{ 1 +\n 'a' }}", "'+' does not work on an int and a str", 1),
        ("{{\n\n 1 / 0 }}", "division by zero", 3),
        ("\n{{ range(3) | map('upper') | length }}", "a generator has no length: make a list of it first", 2),
        ("\n{{ 'abc' | indent(width=[]) }}", "'indent' needs an integer as 'width', not a list", 2),
        ("{{ 'abc' | indent(widht=2) }}", "'indent' has no argument 'widht' (did you mean 'width'?)", 1),
        ("{{ 'a' | replace('b') }}", "'replace' needs the argument 'new'", 1),
        ("{% macro m(a) %}{% endmacro %}\n{{ m(b=1) }}", "the macro 'm' has no parameter 'b'", 2),
        (
            "{% macro m(a) %}\n{{ a }}{% endmacro %}\n{{ m() }}", "the parameter 'a' of the macro 'm' was not provided",
            2
        ),
        ("{{ 9223372036854775807 + 1 }}", "the integer does not fit 64 bits", 1),
        ("{{ user.name.nope() }}", "'user.name.nope' is undefined: a str has no member 'nope'", 1),
        ("{% set user.x = 1 %}", "'user.x' cannot be set: 'user' is not a namespace", 1),
        ("{{ lipsum() }}", "'lipsum' is not available", 1),
    ])
    func faultsWhileRenderingAreLocated(template: String, message: String, line: Int) {
        let error = error(of: template)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
        #expect(error?.line == line)
    }
}
