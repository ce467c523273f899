import JSON
import Jinja
import Testing

@Suite(.enabled(if: PythonJinja.isAvailable, "python3 with jinja2 is not installed: nothing to compare with"))
struct GoldenTests {
    @Test func everyTemplateRendersAsJinjaRendersIt() throws {
        try compare(GoldenCorpus.all.map { PythonJinja.Case(template: $0) })
    }

    @Test func whiteSpaceOptionsWorkAsTheyDoInJinja() throws {
        var cases: [PythonJinja.Case] = []
        for template in GoldenCorpus.whitespace + GoldenCorpus.prompts {
            for number in 1...7 {
                let options = TemplateOptions(
                    trimBlocks: number & 1 != 0, lstripBlocks: number & 2 != 0, keepTrailingNewline: number & 4 != 0)
                cases.append(PythonJinja.Case(template: template, options: options))
            }
        }
        try compare(cases)
    }

    private func compare(_ cases: [PythonJinja.Case]) throws {
        let context = try #require(try JSONValue.parse(GoldenCorpus.context).objectValue)
        let expected = try PythonJinja.render(cases, context: GoldenCorpus.context)
        #expect(expected.count == cases.count)
        for (item, expected) in zip(cases, expected) {
            let outcome: PythonJinja.Outcome
            do {
                outcome = .text(try Template(item.template, options: item.options).render(context))
            } catch {
                outcome = .failure("\(error)")
            }
            switch (expected, outcome) {
            case (.text(let expected), .text(let actual)):
                #expect(
                    expected.unicodeScalars.elementsEqual(actual.unicodeScalars),
                    "\(item.template)\n  Jinja2: \(expected.debugDescription)\n  here:   \(actual.debugDescription)")
            case (.failure, .failure): break
            default: Issue.record("\(item.template)\n  Jinja2: \(expected)\n  here:   \(outcome)")
            }
        }
    }
}
