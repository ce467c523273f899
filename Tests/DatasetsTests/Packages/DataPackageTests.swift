import Datasets
import Evaluation
import FoundationEssentials
import Glibc
import JSON
import Testing

@Suite struct DataPackageTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func install(
        _ package: DataPackage, from path: String, replacing: Bool = false
    ) async throws -> DataInstaller.Outcome {
        var options = DataInstaller.Options(directory: directory.path + "/out")
        options.replaces = replacing
        return try await PackageFixtures.installer(directory).importData(
            package, from: directory.path + "/" + path, options)
    }

    @Test func convertsATauBenchCheckout() async throws {
        try PackageFixtures.tauBench(in: directory, under: "checkout")
        let outcome = try await install(.tauBench, from: "checkout")
        #expect(
            outcome.check.facts == ["retail: test 1, train 1, dev 1 tasks; 1 tools", "airline: test 1 tasks; 1 tools"])
        #expect(outcome.check.notes.contains { $0.hasPrefix("unknown edition: unlike tau-bench (59a200c) in ") })
        let task = try JSONValue.parse(try directory.read("out/retail/tasks_dev.json"))
        #expect(
            task.text()
                == "[{\"task_id\":0,\"user_id\":\"ann_dev\",\"actions\":[{\"name\":\"look\",\"kwargs\":{\"id\":\"#1\",\"all\":true}}],"
                + "\"instruction\":\"You are \\\"Ann\\\". You want tea.\",\"outputs\":[\"4\"]}]")
        #expect(try directory.read("out/retail/rules.json") == "[\n \"Be kind.\"\n]\n")
        #expect(try directory.read("out/airline/terminate_tools.json") == "[\n \"stop\"\n]\n")
        #expect(try directory.read("out/retail/orders.json") == "{\"orders-1\": {\"n\": 1.50}}")
        #expect(try directory.read("out/retail/policy.md") == "# Policy\n")
        #expect(try directory.read("out/LICENSE") == "licence")
        #expect(try JSONValue.parse(try directory.read("out/retail/tools.json"))[0]?["function"]?["name"] == "look")
        // What was converted can be imported again as it is.
        var options = DataInstaller.Options(directory: directory.path + "/again")
        options.replaces = true
        _ = try await PackageFixtures.installer(directory).importData(.tauBench, from: directory.path + "/out", options)
        #expect(try directory.read("again/retail/tasks_dev.json") == directory.read("out/retail/tasks_dev.json"))
    }

    @Test func saysWhereAPythonFileCannotBeRead() async throws {
        try PackageFixtures.tauBench(in: directory, under: "checkout")
        try directory.write("\nTASKS_DEV = make_tasks(3)\n", to: "checkout/tau_bench/envs/retail/tasks_dev.py")
        let error = try await #require(
            #expect(throws: EvaluationError.self) { try await install(.tauBench, from: "checkout") })
        #expect(error.location?.file.hasSuffix("envs/retail/tasks_dev.py") == true)
        #expect(error.location?.line == 2)
        #expect(!directory.has("out/retail"))
    }

    @Test func importsTau2FromACheckoutsArchive() async throws {
        try PackageFixtures.tau2(in: directory, under: "repo-1/data/tau2")
        let domains = ["airline", "retail", "telecom"].flatMap { name -> [String] in
            let files =
                name == "telecom"
                ? ["db.toml", "user_db.toml", "main_policy.md", "tech_support_manual.md"] : ["db.json", "policy.md"]
            return (files + ["tasks.json", "split_tasks.json", "tasks_voice.json"]).map { "domains/\(name)/\($0)" }
        }
        let files =
            domains + ["user_simulator/simulation_guidelines.md", "user_simulator/simulation_guidelines_tools.md"]
        try directory.write(
            try PackageFixtures.tar(directory, files.map { "repo-1/data/tau2/\($0)" }), to: "tau2.tar.gz")
        let outcome = try await install(.tau2, from: "tau2.tar.gz")
        #expect(outcome.check.facts.first == "airline: 2 tasks (base 2, test 1)")
        #expect(outcome.check.notes.contains("airline: officially it has 50 tasks"))
        #expect(try directory.read("out/tau2/domains/retail/db.json") == "{\"users\": {}}")
        #expect(directory.has("out/tau2/user_simulator/simulation_guidelines.md"))
        #expect(!directory.has("out/tau2/domains/retail/tasks_voice.json"))
        let note = try JSONValue.parse(try directory.read("out/.gage-data.json"))
        #expect(note["revision"]?.stringValue == HubHarness.commit)
    }

    @Test(arguments: [
        ("retail/tasks.json", "[{\"id\": \"a\"", "is not JSON"),
        ("retail/tasks.json", "[{\"id\": \"a\"}]", "the split 'base' has a task 'b' that there is not"),
        ("retail/tasks.json", "[{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"b\"}]", "two tasks have one id"),
        ("retail/split_tasks.json", "{\"base\": [\"a\", \"a\"]}", "the split 'base' has a task twice"),
        ("telecom/db.toml", "", "db.toml is missing or empty"),
        ("airline/db.json", "[]", "db.json is no JSON object"),
    ])
    func findsWhatIsWrongWithTau2(file: String, content: String, problem: String) throws {
        try PackageFixtures.tau2(in: directory, under: "data/tau2")
        try directory.write(content, to: "data/tau2/domains/\(file)")
        let check = DataPackage.tau2.check(directory.path + "/data")
        #expect(check.problems.contains { $0.contains(problem) }, "\(check.problems)")
    }

    @Test func installsNothingThatIsNotRight() async throws {
        try PackageFixtures.tau2(in: directory, under: "data")
        try directory.write("{", to: "data/domains/retail/db.json")
        let error = try await #require(#expect(throws: EvaluationError.self) { try await install(.tau2, from: "data") })
        #expect(error.advice == "nothing was installed; look for another copy or revision")
        #expect(!directory.has("out/tau2"))
    }

    @Test func leavesRightDataAloneAndReplacesThemWhenTold() async throws {
        try PackageFixtures.sweBenchPro(in: directory, under: "checkout")
        #expect(try await install(.sweBenchPro, from: "checkout").source != nil)
        try directory.write("mine", to: "out/run_scripts/my_list.txt")
        try directory.write("changed", to: "checkout/helper_code/help.py")
        #expect(try await install(.sweBenchPro, from: "checkout").source == nil)
        #expect(try directory.read("out/helper_code/help.py") == "print()")
        #expect(try await install(.sweBenchPro, from: "checkout", replacing: true).source != nil)
        #expect(try directory.read("out/helper_code/help.py") == "changed")
        // What the user put beside the official files stays.
        #expect(try directory.read("out/run_scripts/my_list.txt") == "mine")
        let hidden = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/out")
            .filter { $0.hasPrefix(".incoming") }
        #expect(hidden.isEmpty)
    }

    @Test func doesNotReplaceBrokenDataWithoutBeingTold() async throws {
        try PackageFixtures.sweBenchPro(in: directory, under: "checkout")
        _ = try await install(.sweBenchPro, from: "checkout")
        try directory.write("", to: "out/run_scripts/instance_o__r-1/parser.py")
        let error = try await #require(
            #expect(throws: EvaluationError.self) { try await install(.sweBenchPro, from: "checkout") })
        #expect(error.message.contains("parser.py is missing or empty"))
        #expect(error.advice?.contains("--force") == true)
        #expect(error.cause == .configuration)
    }

    @Test(arguments: [DataPackage.tau2, .tauBench, .sweBenchPro])
    func saysWhatItLookedFor(package: DataPackage) async throws {
        try directory.write("nothing", to: "empty/readme")
        let error = try await #require(
            #expect(throws: EvaluationError.self) { try await install(package, from: "empty") })
        #expect(error.advice?.hasPrefix("looked for ") == true)
        #expect(package.check(directory.path + "/out").problems.count == 1)
    }

    @Test func fetchesAnArchiveFromGitHub() async throws {
        try PackageFixtures.sweBenchPro(in: directory, under: "r-1")
        let files =
            ["run_script.sh", "parser.py", "instance_info.txt"].map { "run_scripts/instance_o__r-1/\($0)" }
            + ["base", "instance"].map { "dockerfiles/\($0)_dockerfile/instance_o__r-1/Dockerfile" }
        let archive = try PackageFixtures.tar(directory, files.map { "r-1/\($0)" })
        let harness = try HubHarness { _, number in
            var answer = StubAnswer(200, headers: [("ETag", "\"1\"")])
            answer.body = archive
            if number == 0 { answer.cutAfter = 1000 }
            return answer
        }
        let source = DataSource.gitHub(repository: "o/r", commit: HubHarness.commit)
        let options = DataInstaller.Options(directory: directory.path + "/out")
        let installer = DataInstaller(client: harness.client())
        let outcome = try await installer.fetch(.sweBenchPro, from: source, options)
        #expect(outcome.check.facts.first == "1 instances with scripts and Dockerfiles")
        #expect(outcome.source == "https://github.com/o/r")
        #expect(harness.hub.requests[0].path == "/o/r/tar.gz/\(HubHarness.commit)")
        #expect(!harness.directory.has("cache/packages/swebench-pro/\(HubHarness.commit).tar.gz"))
        #expect(try await installer.fetch(.sweBenchPro, from: source, options).source == nil)
    }

    @Test func fetchesASnapshotFromTheHub() async throws {
        try PackageFixtures.tau2(in: directory, under: "hub")
        let root = directory
        let paths = ["airline", "retail", "telecom"].flatMap { name in
            (name == "telecom"
                ? ["db.toml", "user_db.toml", "main_policy.md", "tech_support_manual.md"] : ["db.json", "policy.md"])
                .map { "domains/\(name)/\($0)" } + ["domains/\(name)/tasks.json", "domains/\(name)/split_tasks.json"]
        }
        let files = try paths.map { path -> JSONValue in
            ["type": "file", "path": .string(path), "size": JSONValue(try root.read("hub/\(path)").utf8.count)]
        }
        let list = JSONValue.array(files + [["type": "file", "path": "README.md", "size": 1]]).text()
        let harness = try HubHarness { request, _ in
            if request.path.hasSuffix("/revision/main") { return StubAnswer(200, "{\"sha\":\"\(HubHarness.commit)\"}") }
            if request.path.contains("/tree/") { return StubAnswer(200, list) }
            let path = request.path.split(separator: "/").drop { $0 != "domains" }.joined(separator: "/")
            guard let text = try? root.read("hub/\(path)") else { return StubAnswer(404) }
            return StubAnswer(200, text, headers: [("ETag", "\"\(path)\"")])
        }
        let outcome = try await DataInstaller(client: harness.client()).fetch(
            .tau2, from: .hub(repository: "owner/tau2", revision: "main"),
            DataInstaller.Options(directory: directory.path + "/out"))
        #expect(outcome.check.isRight)
        #expect(try directory.read("out/tau2/domains/airline/policy.md") == "policy")
        #expect(!harness.hub.requests.contains { $0.path.hasSuffix("README.md") })
    }
}
