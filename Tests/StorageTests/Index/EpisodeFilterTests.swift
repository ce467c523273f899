import Storage
import Testing

@Suite("Filter expressions")
struct EpisodeFilterTests {
    @Test(
        "what people write is understood",
        arguments: [
            "failed", "not failed", "failed = true", "failed != false", "outcome = errored", "outcome=errored",
            "OUTCOME = scored AND Turns > 10", "turns>=10 or (cost < 0.5 and tokens > 10k)",
            "time > 2m", "time <= 500ms", "sample = \"a/b'c\"", "sample = 'quo\\'te'", "sample ~ airline",
            "sample = 12", "trial in (0, 1, 2)", "cause in (model, \"provider\")", "tag = \"to look at\"",
            "tag != done",
            "tool = get_user", "not has(score(acc))", "has(tag)", "score(acc) < 1", "score(\"a metric\") < 1",
            "score(acc.third) >= 0.33", "text ~ \"refund policy\"", "text !~ refund", "not not failed",
            "!failed && turns > 1 || cost = 0", "domain = retail and termination = user_stop", "score(m) > -1.5e-3",
            "sample ~ 退款",
        ])
    func accepts(_ expression: String) throws {
        #expect(try EpisodeFilter(expression).expression == expression)
    }

    @Test(
        "what is wrong is said with its place",
        arguments: [
            ("", 0, "empty"), ("   ", 3, "empty"), ("outcom = errored", 0, "no field 'outcom'"),
            ("turns > ", 8, "compared with a number"), ("turns > many", 8, "compared with a number"),
            ("turns ~ 3", 6, "cannot be compared by '~'"), ("outcome < scored", 8, "cannot be compared"),
            ("outcome = erored", 10, "no outcome"), ("text = refund", 5, "cannot be compared"),
            ("text ~ \"...\"", 7, "no word"), ("failed and", 10, "name is expected"), ("(failed", 7, "')'"),
            ("failed)", 6, "not expected"), ("turns > 1 turns < 3", 10, "not expected"),
            ("turns", 5, "must be compared"),
            ("score < 1", 6, "'('"), ("score() < 1", 6, "metric's name"), ("score(acc < 1", 10, "')'"),
            ("sample = \"open", 9, "has no end"), ("turns > 5s", 8, "no unit"), ("time > 5k", 7, "no unit"),
            ("turns > 1 ; drop table item", 10, "no meaning"), ("failed = maybe", 9, "true or false"),
            ("trial in ()", 10, "compared with a number"), ("trial in (1 2)", 12, "')'"), ("text in (a)", 8, "no list"),
            ("\"refund\"", 0, "name is expected"), ("turns > 0x10", 8, "compared with a number"),
            ("turns > nan", 8, "compared with a number"), ("turns > 1e999", 8, "compared with a number"),
        ])
    func refuses(_ expression: String, _ offset: Int, _ message: String) {
        #expect {
            try EpisodeFilter(expression)
        } throws: { error in
            guard let error = error as? FilterError else { return false }
            if error.offset != offset || !error.message.contains(message) { print(expression, error.offset, error) }
            return error.offset == offset && error.message.contains(message)
        }
    }

    @Test(
        "the name that was probably meant is said",
        arguments: [
            ("outcom = errored", "did you mean 'outcome'?"), ("tool_call > 1", "did you mean 'tool_calls'?"),
            ("outcome = erorred", "did you mean 'errored'?"), ("cause = sandbx", "did you mean 'sandbox'?"),
            ("\"refund\"", "to search transcripts: text ~ …"),
        ])
    func advises(_ expression: String, _ advice: String) throws {
        let error = #expect(throws: FilterError.self) { try EpisodeFilter(expression) }
        #expect(error?.advice == advice)
    }

    @Test("the error shows the place by a mark under the expression")
    func marks() throws {
        let error = #expect(throws: FilterError.self) { try EpisodeFilter("turns > 1 and outcom = errored") }
        #expect(
            error?.description == """
                there is no field 'outcom', at character 15
                  turns > 1 and outcom = errored
                                ^^^^^^
                  did you mean 'outcome'?
                """)
    }

    @Test("depth, length and count are bounded")
    func bounds() {
        let deep = String(repeating: "(", count: 60) + "failed" + String(repeating: ")", count: 60)
        #expect(throws: FilterError.self) { try EpisodeFilter(deep) }
        #expect(throws: FilterError.self) {
            try EpisodeFilter(Array(repeating: "failed", count: 300).joined(separator: " and "))
        }
        #expect(throws: FilterError.self) {
            try EpisodeFilter("sample = \"" + String(repeating: "x", count: 5_000) + "\"")
        }
        let many = String(repeating: "not ", count: 900) + "failed"
        #expect(throws: Never.self) { try EpisodeFilter(many) }
    }

    @Test("every field has a line of help")
    func help() {
        #expect(FilterField.allCases.allSatisfy { !$0.summary.isEmpty })
    }
}
