import Exports
import Glibc
import JSON
import Storage
import Testing

@Suite("Exports as text")
struct TextExportTests {
    private static let hasPython = access("/usr/bin/python3", X_OK) == 0

    private func text(_ write: (([UInt8]) throws -> Void) throws -> Void) throws -> String {
        var bytes: [UInt8] = []
        try write { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func aTableHasARowForEachEpisodeAndAColumnForEachNumber() async throws {
        let stored = try await StoredRun()
        let csv = try CSVExport(try ExportedRun(path: stored.path))
        let lines = try text(csv.write).split(separator: "\r\n").map(String.init)
        #expect(lines.count == 7)
        #expect(lines[0].hasSuffix("cost_usd,shop_reward.reward,parts.db,parts.talk,tags,amended"))
        #expect(lines[1] == "shop,a/1,0,retail,scored,,18446744073709551615,2.5,260,27,0.031,1.0,1.0,1.0,,false")
        #expect(lines[2].hasSuffix(",0.0,1.0,0.0,odd one,true"))
        // A formula is disarmed, and quotes are doubled.
        #expect(lines[3].hasPrefix("shop,\"'=b,\"\"2\"\"\",0,"))
        #expect(lines[4].contains(",errored,provider,") && lines[4].hasSuffix(",,,,,false"))
    }

    @Test func linesHaveWhatPeopleSaid() async throws {
        let stored = try await StoredRun()
        let run = try ExportedRun(path: stored.path)
        let lines = try text(JSONLinesExport(run).write).split(separator: "\n").map { try JSONValue.parse(String($0)) }
        #expect(lines.count == 6)
        #expect(lines[1]["tags"] == ["odd one"] && lines[1].at("amended[0].author") == "ada")
        #expect(lines[1].at("metrics.shop_reward.values.reward") == 0.0)
        #expect(lines[0].at("trajectory.entries")?.arrayValue?.count == 5)
        let short = try text(JSONLinesExport(run, includesTrajectories: false).write)
        #expect(!short.contains("Let me look") && short.split(separator: "\n").count == 6)
    }

    @Test(.enabled(if: hasPython, "python3 is absent"))
    func junitIsWhatParsersExpect() async throws {
        let stored = try await StoredRun()
        let report = try text(JUnitReport(try ExportedRun(path: stored.path)).write)
        // The rules of the common schema (Jenkins' junit-10.xsd) that bind: elements, attributes, counts, numbers.
        let program = """
            import sys, xml.etree.ElementTree as tree
            root = tree.fromstring(sys.argv[1])
            assert root.tag == 'testsuites' and root.get('name') == 'a <shop>'
            allowed = {'testsuite': {'name','tests','failures','errors','skipped','time','timestamp'}, 'testcase': {'name','classname','time'}}
            suites = list(root)
            assert [s.get('name') for s in suites] == ['shop', 'bank']
            for part in [root] + suites:
                cases = list(part.iter('testcase'))
                assert int(part.get('tests')) == len(cases)
                for count, tag in (('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped')):
                    assert int(part.get(count)) == len(list(part.iter(tag))), (count, part.attrib)
                assert abs(float(part.get('time')) - sum(float(c.get('time')) for c in cases)) < 0.01
            for suite in suites:
                assert set(suite.attrib) == allowed['testsuite'] and [c.tag for c in suite][0] == 'properties'
                assert all(p.get('name') and p.get('value') is not None for p in suite.iter('property'))
            for case in root.iter('testcase'):
                assert set(case.attrib) == allowed['testcase'] and len(case) <= 1
            failures = {c.get('name'): c[0] for c in root.iter('testcase') if len(c)}
            assert sorted(failures) == ['=b,"2"__trial_0', 'a/1__trial_1', 'c__trial_0', 'd__trial_0'], failures
            assert failures['a/1__trial_1'].tag == 'failure' and 'shade\\nare' in failures['a/1__trial_1'].text
            error = failures['c__trial_0']
            assert error.tag == 'error' and error.get('message') == 'the server said <no> & "never"\\ufffd', error.attrib
            assert error.get('type') == 'provider: provider.failed'
            assert failures['d__trial_0'].tag == 'skipped'
            """
        #expect(try await complaint(of: "/usr/bin/python3", program, [report]) == nil)
    }

    @Test func workflowsGetAnnotationsAndASummary() async throws {
        let stored = try await StoredRun()
        let summary: JSONValue = [
            "outcomes": ["scored": 4, "errored": 1, "unscorable": 1, "planned": 6, "errors_by_cause": ["provider": 1]],
            "metrics": [
                [
                    "metric_id": "shop_reward", "task_id": "sh|op", "raw_values": ["reward": 0.5],
                    "intervals": ["reward": [0.25, 0.75]], "count": 3,
                ]
            ],
        ]
        let report = GitHubReport(try ExportedRun(path: stored.path), summary: summary)
        let commands = try report.commands()
        #expect(commands.count == 4)
        #expect(commands[0].hasPrefix("::error title=shop%3Ac__trial_0 errored (provider)::the server said <no>"))
        #expect(commands[1].hasPrefix("::warning title=shop%3Aa/1__trial_1 failed::the <lamp> & its shade%0Aare"))
        #expect(commands[3].contains("shop_reward 0.500 (0.250 … 0.750)"))
        #expect(commands.allSatisfy { !$0.contains("\n") && !$0.contains("\u{7}") })
        #expect(report.markdown.contains("| sh\\|op | shop\\_reward | 0.500 | 0.250 … 0.750 | 3 |"))
        #expect(report.markdown.contains("a \\<shop\\>"))
    }
}
