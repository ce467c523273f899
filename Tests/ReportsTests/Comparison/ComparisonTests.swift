import Evaluation
import GageTesting
import JSON
import Reports
import Storage
import Testing

@Suite("Runs compared")
struct ComparisonTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func report(
        _ runs: [[StoredEpisodeSketch]], _ sketches: [StoredRunSketch] = [],
        settings: ComparisonSettings = ComparisonSettings()
    ) async throws -> ComparisonReport {
        var compared: [ComparedRun] = []
        for (place, episodes) in runs.enumerated() {
            let sketch = place < sketches.count ? sketches[place] : StoredRunSketch()
            let path = try await sketch.write("run-\(place)", in: directory, episodes)
            compared.append(try ComparedRun(path: path))
        }
        return ComparisonReport(compared, settings: settings)
    }

    private static func binary(_ values: String, trial: Int = 0) -> [StoredEpisodeSketch] {
        values.enumerated().map { .scored("s\($0)", $1 == "1" ? 1 : 0, trial: trial) }
    }

    @Test func pairsAreJoinedByTaskSampleAndTrialAndTestedByMcNemar() async throws {
        // Five gained, one lost, of forty: statsmodels' exact McNemar says 0.21875.
        let before =
            String(repeating: "0", count: 5) + "1" + String(repeating: "1", count: 20)
            + String(repeating: "0", count: 14)
        let after =
            String(repeating: "1", count: 5) + "0" + String(repeating: "1", count: 20)
            + String(repeating: "0", count: 14)
        let json = try await report([Self.binary(before), Self.binary(after).reversed()]).json
        let row = try #require(json.at("comparisons[0].measures[0]"))
        #expect(row["pairs"] == 40 && row["samples"] == 40 && row["higher"] == 5 && row["lower"] == 1)
        #expect(row["test"] == "mcnemar_exact" && row["interval_method"] == "tango")
        #expect(row["p_value"]?.doubleValue.map { ($0 - 0.21875).magnitude < 1e-12 } == true)
        let ends = row["interval"]?.arrayValue?.compactMap(\.doubleValue) ?? []
        #expect(ends.count == 2 && (ends[0] + 0.026242048).magnitude < 1e-8 && (ends[1] - 0.242273882).magnitude < 1e-8)
        #expect(row["difference"]?.doubleValue.map { ($0 - 0.1).magnitude < 1e-12 } == true)
        #expect(row["gained"]?.arrayValue?.count == 5)
        #expect(row.at("lost[0].episode") == "retail:s5__trial_0")
        #expect(row["finding"] == "undecided")
    }

    @Test func trialsOfASampleAreOneCluster() async throws {
        let before: [[Double]] = [[0, 1, 1], [0, 0, 1], [1, 1, 0], [0, 1, 0]]
        let after: [[Double]] = [[1, 1, 1], [0, 1, 1], [0, 1, 1], [0, 1, 1]]
        func episodes(_ values: [[Double]]) -> [StoredEpisodeSketch] {
            values.enumerated().flatMap { sample, trials in
                trials.enumerated().map { .scored("s\(sample)", $1, trial: $0) }
            }
        }
        let row = try #require(
            try await report([episodes(before), episodes(after)]).json.at("comparisons[0].measures[0]"))
        // The same figures as statsmodels' OLS with clustered errors gives, and scipy's permutation test.
        #expect(row["pairs"] == 12 && row["samples"] == 4 && row["test"] == "sign_flip_exact")
        #expect(row["standard_error"]?.doubleValue.map { ($0 - 0.083333333333).magnitude < 1e-10 } == true)
        #expect(row["p_value"]?.doubleValue.map { ($0 - 0.25).magnitude < 1e-12 } == true)
    }

    @Test func pValuesAreCorrectedOverAllMetricsAndRuns() async throws {
        func episodes(_ first: String, _ second: String) -> [StoredEpisodeSketch] {
            zip(first, second).enumerated().map { place, values in
                var sketch = StoredEpisodeSketch(sample: "s\(place)")
                sketch.scores = [
                    Score(metric: "a", values: ["a": values.0 == "1" ? 1 : 0]),
                    Score(metric: "b", values: ["b": values.1 == "1" ? 1 : 0]),
                ]
                return sketch
            }
        }
        let json = try await report([
            episodes("00000000", "00000000"), episodes("11111111", "00000001"), episodes("00000011", "11111100"),
        ]).json
        #expect(json.at("settings.tests") == 4)
        // By hand: two-sided binomial tails of 8, 1, 2 and 6 discordant pairs, then Holm's factors 4, 3, 2, 1.
        let rows = (0..<2).flatMap { json.at("comparisons[\($0)].measures")?.arrayValue ?? [] }
        let raw = rows.compactMap { $0["p_value"]?.doubleValue }
        let adjusted = rows.compactMap { $0["p_adjusted"]?.doubleValue }
        #expect(zip(raw, [2.0 / 256, 1, 0.5, 2.0 / 64]).allSatisfy { ($0 - $1).magnitude < 1e-12 } && raw.count == 4)
        #expect(zip(adjusted, [8.0 / 256, 1, 1, 6.0 / 64]).allSatisfy { ($0 - $1).magnitude < 1e-12 })
        #expect(rows.map { $0["finding"] } == ["higher", "undecided", "undecided", "undecided"])
    }

    @Test func whatIsScoredInOneRunOnlyIsLeftOutAndSaid() async throws {
        var first = Self.binary("1100")
        first.append(.errored("s4"))
        first.append(.scored("s5", 1))
        let second: [StoredEpisodeSketch] = [
            .scored("s0", 1), .errored("s1"), .scored("s2", 1), .scored("s3", 0), .errored("s4"), .scored("s9", 1),
        ]
        let json = try await report([first, second]).json
        let coverage = try #require(json.at("comparisons[0].coverage[0]"))
        #expect(coverage["both"] == 3 && coverage["first_only"] == 2)
        #expect(coverage["second_only"] == 1 && coverage["neither"] == 1)
        #expect(coverage["missing_in_second"] == ["errored: provider": 1, "not attempted": 1])
        #expect(json.at("comparisons[0].measures[0].pairs") == 3)
        let kinds = json.at("comparisons[0].warnings")?.arrayValue?.compactMap { $0["kind"]?.stringValue }
        #expect(kinds == ["coverage"])
    }

    @Test func whatDiffersBesidesTheResultsIsSaid() async throws {
        var other = StoredRunSketch()
        other.seed = 8
        other.version = "0.2.0"
        other.digest = "d2"
        other.configuration = ["backends": [["model": "b"]]]
        other.data = ["revision": "r2", "data_dir": "/there"]
        other.status = .interrupted
        var second = Self.binary("10")
        second[1].text = "another question"
        let json = try await report([Self.binary("10"), second], [StoredRunSketch(), other]).json
        let warnings = json.at("comparisons[0].warnings")?.arrayValue ?? []
        #expect(
            warnings.compactMap { $0["kind"]?.stringValue }
                == ["incomplete", "version", "plan", "seed", "data", "sample"])
        #expect(warnings[2]["details"] == ["backends.0.model: \"a\" → \"b\""])
        #expect(warnings[4]["details"] == ["revision: \"r1\" → \"r2\""])
        #expect(warnings[5]["details"] == ["retail:s1__trial_0"])
    }

    @Test func costTokensAndTimeStandBeside() async throws {
        var second = Self.binary("1111")
        for place in second.indices {
            second[place].cost = place == 3 ? nil : 0.03
            second[place].tokens = 100 + 10 * place
            second[place].seconds = 3
        }
        let json = try await report([Self.binary("1111"), second]).json
        let rows = json.at("comparisons[0].resources")?.arrayValue ?? []
        #expect(rows.map { $0["resource"] } == ["cost_usd", "input_tokens", "output_tokens", "seconds"])
        #expect(rows.map { $0["pairs"] } == [3, 4, 4, 4])
        #expect(rows[1]["difference"] == 15.0)
        #expect(rows[3]["difference"] == 2.0 && rows[3]["p95"] == [1.0, 3.0])
        #expect(json.at("runs[1].episodes_without_price") == 1)
    }

    @Test func domainsCanBeComparedOverTasks() async throws {
        func episodes(_ value: Double) -> [StoredEpisodeSketch] {
            [.scored("a", 0, domain: "airline"), .scored("b", value, task: "x", domain: "retail"), .scored("c", 1)]
        }
        var settings = ComparisonSettings()
        settings.grouping = .domain
        let json = try await report([episodes(0), episodes(1)], settings: settings).json
        let rows = json.at("comparisons[0].measures")?.arrayValue ?? []
        #expect(rows.map { $0["domain"] } == ["airline", "retail"])
        #expect(rows.map { $0["difference"] } == [0.0, 1.0])
    }

    @Test func aMarginShowsEquivalence() async throws {
        let same = String(repeating: "10", count: 60)
        var settings = ComparisonSettings()
        settings.margin = 0.05
        let json = try await report([Self.binary(same), Self.binary(same)], settings: settings).json
        #expect(json.at("comparisons[0].measures[0].finding") == "equivalent")
        settings.margin = 0.01
        let strict = ComparisonReport(
            try ["run-0", "run-1"].map { try ComparedRun(path: "\(directory.path)/\($0)") }, settings: settings)
        #expect(strict.json.at("comparisons[0].measures[0].finding") == "undecided")
    }

    @Test func correctionsCountWhereTheyAreAskedFor() async throws {
        let path = try await StoredRunSketch().write("amended", in: directory, Self.binary("00"))
        let id = EpisodeID(task: "retail", sample: "s0", trial: 0)
        let amendment = Amendment.score(metric: "tau2_reward", value: "reward", number: 1)
        try Journal.open("\(path)/run.sqlite").annotate(
            .verdict(amendment, of: id, by: "ada", because: "the judge was wrong", at: 1))
        var options = ComparedRun.Options()
        options.isAmended = true
        let json = ComparisonReport([try ComparedRun(path: path), try ComparedRun(path: path, options: options)]).json
        #expect(json.at("comparisons[0].measures[0].gained[0].sample_id") == "s0")
        #expect(json.at("runs[1].amended_episodes") == 1)
    }

    @Test func aCostThatIsNotKnownIsNotZero() async throws {
        func run(_ costs: [Double?]) -> [StoredEpisodeSketch] {
            costs.enumerated().map {
                var sketch = StoredEpisodeSketch.scored("s\($0)", 1)
                sketch.cost = $1
                return sketch
            }
        }
        let page = ComparisonPage(try await report([run([nil, nil]), run([0.5, nil]), run([0.5, 0])])).html()
        for text in ["unknown", "at least $0.5000", "$0.5000"] { #expect(page.contains(">\(text)</td>"), "\(text)") }
    }

    @Test func tasksOfOtherNamesCanBePaired() async throws {
        let first = try await StoredRunSketch().write("old", in: directory, Self.binary("01"))
        let second = try await StoredRunSketch().write(
            "new", in: directory, [.scored("s0", 1, task: "retail_v2"), .scored("s1", 1, task: "retail_v2")])
        var options = ComparedRun.Options()
        options.taskNames = ["retail_v2": "retail"]
        let json = ComparisonReport([
            try ComparedRun(path: first), try ComparedRun(path: second, options: options),
        ]).json
        #expect(json.at("comparisons[0].measures[0].pairs") == 2)
    }

    @Test(arguments: [40, 60, 80, 100, 140])
    func linesFitTheTerminal(width: Int) async throws {
        func episodes(_ shift: Int) -> [StoredEpisodeSketch] {
            (0..<30).map {
                .scored(
                    "a_sample_with_quite_a_long_name_\($0)", Double(($0 + shift) % 3 / 2),
                    task: "a_task_with_a_name_that_is_long")
            }
        }
        let report = try await report([episodes(0), episodes(1), episodes(2)])
        let lines = ComparisonText(report, terminal: Terminal(width: width)).lines
        #expect(lines.filter { $0.count > width }.isEmpty)
        #expect(lines.allSatisfy { !$0.contains("\u{1B}") })
        let colored = ComparisonText(report, terminal: Terminal(usesColor: true, width: width)).lines
        #expect(colored.contains { $0.contains("\u{1B}[") })
    }

    @Test func manyRunsMakeAMatrixAndCanAllBePaired() async throws {
        var settings = ComparisonSettings()
        settings.comparesAllPairs = true
        let report = try await report(
            ["0000000000", "1111111111", "0101010101", "1111111111"].map { Self.binary($0) }, settings: settings)
        #expect(report.json["comparisons"]?.arrayValue?.count == 6)
        let cells = report.json.at("matrix[0].runs")?.arrayValue ?? []
        #expect(cells.map { $0["mean"] } == [0.0, 1.0, 0.5, 1.0])
        let lines = ComparisonText(report, terminal: Terminal()).lines
        #expect(lines.contains { $0.contains("1.000▲") && $0.contains("0.500 ") })
    }
}
