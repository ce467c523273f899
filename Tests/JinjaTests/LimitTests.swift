import Foundation
import JSON
import Jinja
import Testing

@Suite struct LimitTests {
    private func message(of template: String, _ limits: TemplateLimits = .init(), _ context: JSONObject = [:]) -> String
    {
        do {
            let text = try Template(template, options: TemplateOptions(limits: limits)).render(context)
            return "rendered \(text.utf8.count) bytes"
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        "{% for i in range(1000000000) %}{% endfor %}",
        "{% for i in range(100000) %}{% for j in range(100000) %}{{ j }}{% endfor %}{% endfor %}",
        "{{ range(1000000000) | list }}", "{{ range(1000000000) | sum }}", "{{ [0] * 1000000000 }}",
        "{{ range(1000000000) | map('string') | join }}",
        "{% set xs = [1] %}{% for x in xs %}{% do xs.append(x) %}{% endfor %}",
        "{{ -1 in range(0, 1000000000, 1) | map('int') }}",
        "{{ [1] | slice(1000000000) | list }}", "{{ [1] | batch(1000000000, 0) | list }}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x == ns.x | list }}{{ ns.x }}",
        "{% set ns = namespace(g=[1]) %}{% for i in range(100000) %}{% set ns.g = (ns.g | map('string') | list) + [1] %}{% endfor %}",
    ])
    func workIsBounded(template: String) {
        let message = message(of: template, TemplateLimits(maximumSteps: 20_000))
        #expect(message.contains("takes more than 20000 steps"), "\(message)")
    }

    @Test(arguments: [
        "{{ 'x' * 1000000000 }}",
        "{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{{ 'x' | center(1000000000) }}",
        "{{ 'x'.rjust(1000000000) }}", "{{ '%1000000000d' % 1 }}", "{{ '%.1000000000f' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}", "{{ '{:.1000000000f}'.format(1.0) }}",
        "{{ 'a' | indent(1000000000, true) }}",
        "{{ ('x' * 90000) | replace('', 'yyyyyyyyyy') }}", "{{ '\\t'.expandtabs(1000000000) }}",
        "{{ ('ab' * 10000) | list | join('x' * 1000) }}", "{{ '1'.zfill(1000000000) }}",
        "{{ 'x' | tojson(indent=1000000000) }}",
    ])
    func textIsBounded(template: String) {
        let message = message(of: template, TemplateLimits(maximumOutputBytes: 100_000, maximumSteps: 1_000_000))
        #expect(message.contains("grows beyond 100000 bytes"), "\(message)")
    }

    /// Numbers at the ends of their range must not trap, whatever is done with them.
    @Test(arguments: [
        "range(0, m, -1) | length", "range(m, M) | length", "range(0, M, 2)[1:]", "range(M)[::M] | list",
        "range(M - 1) | last", "range(5)[m:M:M] | list", "[1][m:M] | list",
        "'abc'[M:m:m]", "[1][m]", "'a'[M]", "range(3)[m]", "'x' | truncate(m)", "'x' | truncate(M, leeway=M)",
        "[1] | batch(M, 0) | list", "[1] | slice(M) | first", "1.5 | round(m)",
        "1.5 | round(M)", "7 | round(m)", "1.5 | round(m, 'ceil')", "1.5 | round(M, 'floor')", "'a'.center(m)",
        "'a'.zfill(m)", "'a'.find('a', m, M)", "'a'.split('a', m)", "'a'.rsplit('a', M)",
        "'aa'.replace('a', 'b', m)", "'aa'.replace('', 'b', M)", "'%*d' % (m, 1)", "'%.*f' % (M, 1.5)",
        "'{:{}}'.format(1, 99999999999999999999)", "m // -1", "m % -1", "m * -1", "-m", "m | abs", "M + 1", "m - 1",
        "M ** 2",
        "(-1) ** M", "m / -1", "[1].pop(m)", "[1].insert(m, 1)", "[1].index(1, m, M)", "'a' * m", "'' * M", "[] * M",
        "() * M", "[1] * m",
        "range(m, m, m) | list", "'a' | indent(m)", "'a' | wordwrap(M)", "'a' | wordwrap(m)", "'a\\tb'.expandtabs(m)",
        "'%c' % m", "'{:c}'.format(M)", "M in range(m, 0)", "(M | float | int)", "1e308 | int | string | length",
        "1e308 * 10 | int", "'{:,}'.format(m)", "'%x' % m", "m | filesizeformat", "M | tojson(indent=m)",
        "1 | tojson(indent=M)",
    ])
    func extremeNumbersGiveAResultOrAnError(expression: String) {
        let template = "{% set M = 9223372036854775807 %}{% set m = -M - 1 %}{{ \(expression) }}"
        #expect(!message(of: template, TemplateLimits(maximumOutputBytes: 10_000, maximumSteps: 10_000)).isEmpty)
    }

    /// Each of these would take hours if its work grew with the product of two lengths.
    @Test(arguments: [
        "('a' * 50000 ~ 'b') in 'a' * 100000", "('a' * 100000).find('a' * 50000 ~ 'b')",
        "('a' * 100000).rfind('b' ~ 'a' * 50000)", "('a' * 100000).count('a' * 50000 ~ 'b')",
        "('a' * 100000).rsplit('b' ~ 'a' * 50000, 1) | length",
        "('a' * 100000) | replace('a' * 50000 ~ 'b', 'c') | length", "('-' * 100000) | wordwrap(10) | length",
        "('a-' * 50000) | wordwrap(10) | length", "'{:0100000,}'.format(1) | length", "('x ' * 50000).split() | length",
    ])
    func workGrowsWithTheLengthOfTexts(expression: String) {
        let message = message(of: "{{ \(expression) }}", TemplateLimits(maximumSteps: 500_000))
        #expect(message.hasPrefix("rendered"), "\(message)")
    }

    @Test func outputIsBounded() {
        let limits = TemplateLimits(maximumOutputBytes: 10)
        #expect(message(of: "{% for i in range(20) %}x{% endfor %}", limits).contains("grows beyond 10 bytes"))
        #expect(message(of: "{% for i in range(10) %}x{% endfor %}", limits) == "rendered 10 bytes")
        #expect(
            message(of: "{% set a %}{% for i in range(20) %}x{% endfor %}{% endset %}", limits).contains("grows beyond")
        )
    }

    @Test(arguments: [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{% if true %}{% for i in [1] %}{{ m(n + 1) }}{% endfor %}{% endif %}{% endmacro %}{{ m(0) }}",
        "{% for x in [[]] recursive %}{{ loop([x]) }}{% endfor %}", "{% set xs = [] %}{% do xs.append(xs) %}{{ xs }}",
        "{% set d = {} %}{% do d.update(me=d) %}{{ d }}",
        "{% set a = [] %}{% set b = [] %}{% do a.append(b) %}{% do b.append(a) %}{{ a == b }}",
        "{% set xs = [] %}{% do xs.append(xs) %}{{ xs | tojson }}",
        "{% set ns = namespace(x=[]) %}{% for i in range(10000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x=()) %}{% for i in range(10000) %}{% set ns.x = (ns.x,) %}{% endfor %}{{ {ns.x: 1} }}",
        "{% set ns = namespace(g=[1]) %}{% for i in range(10000) %}{% set ns.g = ns.g | map('int') %}{% endfor %}{{ ns.g | list }}",
        "{% macro a(f) %}{{ f(f) }}{% endmacro %}{{ a(a) }}",
        "{% macro m() %}{% call m() %}{% endcall %}{{ caller }}{% endmacro %}{% call m() %}{% endcall %}",
    ])
    func depthIsBounded(template: String) {
        let message = message(of: template)
        #expect(message.contains("deep"), "\(message)")
    }

    @Test(arguments: [
        ("(", "1", ")"), ("[", "", ""), ("not ", "x", ""), ("-", "1", ""), ("", "x", ".a"), ("", "1", " + 1"),
        ("", "x", "|upper"), ("1 if 1 else ", "1", ""),
        ("", "x", "[0]"), ("", "x", "()"), ("", "1", " and 1"), ("{1:", "", ""), ("", "1", " if 1"), ("x(", "", ""),
        ("", "1", " ** 1"), ("x is in ", "y", ""), ("x[", "1", "]"),
        ("", "1", " is odd"), ("x|default(", "1", ")"),
    ])
    func expressionsThatNestTooDeepAreRefusedWhenRead(before: String, middle: String, after: String) {
        let expression = String(repeating: before, count: 5000) + middle + String(repeating: after, count: 5000)
        #expect(throws: TemplateError.self) { try Template("{{ \(expression) }}") }
    }

    @Test func blocksThatNestTooDeepAreRefusedWhenRead() {
        for (open, close) in [
            ("{% if 1 %}", "{% endif %}"), ("{% for x in [1] %}", "{% endfor %}"),
            ("{% filter upper %}", "{% endfilter %}"),
        ] {
            let template = String(repeating: open, count: 5000) + String(repeating: close, count: 5000)
            #expect(throws: TemplateError.self) { try Template(template) }
        }
        #expect(throws: TemplateError.self) {
            try Template("{% set " + String(repeating: "(", count: 5000) + "a = 1 %}")
        }
    }

    @Test func longFlatTemplatesAreFine() throws {
        let concatenation = Array(repeating: "'x'", count: 5000).joined(separator: " ~ ")
        #expect(try Template("{{ \(concatenation) }}").render().utf8.count == 5000)
        let branches =
            "{% if false %}" + String(repeating: "{% elif false %}", count: 5000) + "{% else %}end{% endif %}"
        #expect(try Template(branches).render() == "end")
        let comparisons = "0" + (1..<2000).map { " < \($0)" }.joined()
        #expect(try Template("{{ \(comparisons) }}").render() == "True")
        let nested = String(repeating: "(", count: 40) + "1" + String(repeating: ")", count: 40)
        #expect(try Template("{{ \(nested) }}").render() == "1")
    }

    /// Rendering to the depth limit must fit a small stack, such as threads have that are not the first.
    @Test func theDepthLimitIsReachedBeforeTheStackEnds() async {
        let template = """
            {% macro m() %}{% if true %}{% for i in [1] %}{% set x %}{% with %}{% filter upper %}{{ [[[m()]]] }}\
            {% endfilter %}{% endwith %}{% endset %}{{ x }}{% endfor %}{% endif %}{% endmacro %}{{ m() }}
            """
        let message = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: self.message(of: template)) }
            thread.stackSize = Self.smallStack
            thread.start()
        }
        #expect(message.contains("deep"), "\(message)")
    }

    #if DEBUG
        private static let smallStack = 4 << 20
    #else
        private static let smallStack = 512 << 10
    #endif

    @Test func circlesAreFreedAndTemplatesCanBeRenderedAgain() throws {
        let template = try Template(
            "{% set xs = [] %}{% do xs.append(xs) %}{% macro m() %}{{ xs | length }}{% endmacro %}{% do xs.append(m) %}{{ m() }}"
        )
        for _ in 0..<3 { #expect(try template.render() == "2") }
        let chain = "{% set ns = namespace(x=none) %}{% for i in range(50000) %}{% set ns.x = [ns.x] %}{% endfor %}ok"
        #expect(try Template(chain).render() == "ok")
        let joiners =
            "{% set ns = namespace(x=1) %}{% for i in range(50000) %}{% set ns.x = joiner(ns.x) %}{% endfor %}ok"
        #expect(try Template(joiners).render() == "ok")
        let functions =
            "{% set ns = namespace(x=1) %}{% for i in range(50000) %}{% set ns.x = cycler(ns.x).next %}{% endfor %}ok"
        #expect(try Template(functions).render() == "ok")
    }
}
