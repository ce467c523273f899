import JSON
import Jinja
import Testing

@Suite struct TemplateTests {
    static let context: JSONObject = [
        "name": "Ada", "n": 3, "pi": 3.14, "ok": true, "none_value": nil, "xs": [1, 2, 3],
        "d": ["a": 1, "b": [true, nil]], "big": .number("123456789012345678901234567890"),
        "exact": .number("1.50"), "users": [["name": "Bob", "age": 30], ["name": "Al", "age": 20]],
    ]

    @Test(arguments: [
        ("Hello {{ name }}!", "Hello Ada!"), ("{{ n + 1 }} {{ pi }} {{ ok }} {{ none_value }}", "4 3.14 True None"),
        ("{{ xs }} {{ d }}", "[1, 2, 3] {'a': 1, 'b': [True, None]}"),
        (
            "{{ big }} {{ exact }} {{ big > 1 }} {{ big == big }} {{ big is number }}",
            "123456789012345678901234567890 1.5 True True True"
        ),
        ("{% for u in users|sort(attribute='age') %}{{ u.name }}{{ ',' if not loop.last }}{% endfor %}", "Al,Bob"),
        ("{% if n > 2 and name == 'Ada' %}yes{% else %}no{% endif %}", "yes"),
        ("{% set ns = namespace(t=0) %}{% for x in xs %}{% set ns.t = ns.t + x %}{% endfor %}{{ ns.t }}", "6"),
        ("{{ missing | default('x') }}{{ missing is defined }}", "xFalse"),
        ("{% macro f(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ f(1) }} {{ f(1, b=3) }}", "1-2 1-3"),
        ("{{ d | tojson }} {{ '<' | tojson }}", "{\"a\": 1, \"b\": [true, null]} \"\\u003c\""),
        ("a {%- if ok -%} b {%- endif -%} c", "abc"), ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"), ("x\n", "x"),
        ("{{ 'é' | upper }} {{ 'straße' | length }} {{ '👩‍👩‍👧' | length }}", "É 6 5"),
        ("{{ 'e\u{301}' == '\u{E9}' }} {{ {'e\u{301}': 1, '\u{E9}': 2} | length }}", "False 2"),
        ("{{ '%s has %d' % (name, n) }} {{ '{:>5}'.format(n) }}", "Ada has 3     3"),
        ("{{ xs[1:] }} {{ xs[-1] }} {{ name[::-1] }}", "[2, 3] 3 adA"),
        ("{{ users | map(attribute='name') | join(' & ') }}", "Bob & Al"),
        ("{{ range(3) | list }} {{ loop is defined }}", "[0, 1, 2] False"),
        ("", ""), ("no tags { % }", "no tags { % }"), ("{{ '\r\n' }}|{{ 'a\rb' }}\r\nx\r", "\n|a\nb\nx"),
    ])
    func templatesRender(template: String, expected: String) throws {
        #expect(try Template(template).render(Self.context) == expected)
    }

    @Test func optionsChangeWhiteSpace() throws {
        let source = "  {% if true %}\n  x\n  {% endif %}\n"
        #expect(try Template(source).render() == "  \n  x\n  ")
        #expect(try Template(source, options: TemplateOptions(trimBlocks: true)).render() == "    x\n  ")
        #expect(try Template(source, options: TemplateOptions(lstripBlocks: true)).render() == "\n  x\n")
        let all = TemplateOptions(trimBlocks: true, lstripBlocks: true, keepTrailingNewline: true)
        #expect(try Template(source, options: all).render() == "  x\n")
        #expect(try Template("a\n", options: TemplateOptions(keepTrailingNewline: true)).render() == "a\n")
    }

    @Test func theContextIsNotChangedByATemplateThatChangesItsValues() throws {
        let template = try Template("{% do xs.append(4) %}{% do d.update(c=1) %}{{ xs }}{{ d | length }}")
        #expect(try template.render(Self.context) == "[1, 2, 3, 4]3")
        #expect(try template.render(Self.context) == "[1, 2, 3, 4]3")
    }

    @Test func oneTemplateRendersInManyTasksAtOnce() async throws {
        let template = try Template("{% for x in xs %}{{ x * n }} {% endfor %}")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<32 {
                group.addTask {
                    let text = try template.render(["xs": [1, 2], "n": .int(Int64(number))])
                    return text == "\(number) \(number * 2) "
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test func attributesComeBeforeElementsAndSubscriptsTheOtherWayRound() throws {
        let context: JSONObject = ["d": ["items": "element", "x": 1]]
        #expect(
            try Template("{{ d.items() | list | length }} {{ d['items'] }} {{ d.x }}").render(context) == "2 element 1")
    }

    @Test func nothingOfPythonsInsidesCanBeReached() {
        for template in [
            "{{ ''.__class__ }}", "{{ [].__class__.__mro__ }}", "{{ '{0.__class__}'.format(1) }}",
            "{{ range.__globals__ }}", "{{ cycler.__init__ }}", "{{ self }}",
        ] {
            #expect(throws: TemplateError.self, "\(template)") { try Template(template).render() }
        }
    }

    /// Whatever is done to a template, reading and rendering it ends in a text or an error.
    @Test func damagedTemplatesAreRenderedOrRefusedButNeverMore() {
        let source =
            "{%- macro m(a, b=[1]) -%}{{ a ~ b[0:1] }}{% endmacro %}{# c #}{% for k, v in d.items() if v recursive +%}{{ loop.index }}{{ m(k, b=(v,)) | e }}{% else %}{% raw %}{{{% endraw %}{% endfor %}{{ {'x': 1.5e3}['x'] if not none is defined else \"\\u00e9\" }}"
        let scalars = Array(source.unicodeScalars)
        let inserts: [Unicode.Scalar] = [
            "{", "}", "%", "#", "'", "\"", "\\", "(", "]", "|", ".", "-", "\n", "\u{0}", "9", "*",
        ]
        for position in scalars.indices {
            for variant in 0..<3 {
                var view = String.UnicodeScalarView(scalars[..<position])
                if variant == 1 { view.append(inserts[position % inserts.count]) }
                if variant > 0 { view.append(contentsOf: scalars[(position + (variant == 2 ? 1 : 0))...]) }
                _ = try? Template(String(view)).render(Self.context)  // Either outcome is right; ending is the point.
            }
        }
    }
}
