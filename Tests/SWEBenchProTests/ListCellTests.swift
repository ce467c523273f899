import JSON
import Testing

@testable import SWEBenchPro

@Suite("List cells")
struct ListCellTests {
    @Test(
        "A cell is read as Python reads it",
        arguments: [
            (#"[]"#, []), ("", []), ("  ", []), (#"["a", "b"]"#, ["a", "b"]), (#"['a', 'b',]"#, ["a", "b"]),
            (#"["doesn't", 'other']"#, ["doesn't", "other"]), (#"['say "hi"']"#, [#"say "hi""#]),
            (#"['it\'s', "a \"b\""]"#, ["it's", #"a "b""#]), (#"['a\nb\tc\\d']"#, ["a\nb\tc\\d"]),
            (#"['\x41\u00e9\U0001F600\101']"#, ["Aé😀A"]), (#"['\d+ \. \q']"#, [#"\d+ \. \q"#]),
            ("[ 'a' ,\n 'b' ]", ["a", "b"]), (#"['a' "b", 'c']"#, ["ab", "c"]),
            (#"['a, b | c', 'd']"#, ["a, b | c", "d"]),
        ] as [(String, [String])])
    func readsCells(cell: String, expected: [String]) throws {
        #expect(try ListCell.read(cell) == expected)
    }

    @Test(
        "What is no list of texts is refused with its place",
        arguments: [
            ("a, b", 0), ("['a'", 4), ("['a] ", 5), ("['a'] x", 6), ("[1, 2]", 1), ("['a' 'b', c]", 10),
            (#"['\xZZ']"#, 4), (#"['\ud800']"#, 8), (#"['\N{BULLET}']"#, 4), ("[__import__('os')]", 1),
        ])
    func refusesOthers(cell: String, offset: Int) {
        #expect {
            try ListCell.read(cell)
        } throws: { error in
            (error as? ListCellError)?.offset == offset
        }
    }

    @Test("Every list of the official repository is read", .enabled(if: SWEBenchReference.isThere))
    func readsOfficialCells() throws {
        let rows = try SWEBenchReference.lines("list_literals.jsonl.gz")
        var wrong: [String] = []
        for row in rows {
            let value = row["value"]?.arrayValue?.compactMap(\.stringValue)
            let own = try? ListCell.read(row["cell"]?.stringValue ?? "?")
            if own?.map({ Array($0.utf8) }) != value?.map({ Array($0.utf8) }) {
                wrong.append("\(row["instance_id"]?.stringValue ?? "") \(row["field"]?.stringValue ?? "")")
            }
        }
        #expect(rows.count > 1000)
        #expect(wrong == [])
    }
}
