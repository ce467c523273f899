import Evaluation
import Glibc
import JSON
import Storage
import Testing

@Suite struct EventLogTests {
    let temporary: TemporaryDirectory
    var path: String { "\(temporary.path)/events.jsonl" }

    init() throws { temporary = try TemporaryDirectory() }

    private func open() throws -> EventLog { try EventLog(path: path, runID: "r") { 12.5 } }

    private func lines() throws -> [JSONValue] {
        try contents(path).split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }

    @Test func anEventIsOneLine() throws {
        let log = try open()
        let id = EpisodeID(task: "t", sample: "s\n\"", trial: 2)
        log.report(RunEvent("episode_started", episode: id, payload: ["a": 1]))
        log.report(RunEvent("run_finished"))
        #expect(contents(path).isEmpty)
        try log.close()
        #expect(
            try lines() == [
                [
                    "event_id": 0, "event": "episode_started", "run_id": "r", "task_id": "t", "sample_id": "s\n\"",
                    "trial": 2, "created_at": 12.5, "payload": ["a": 1],
                ],
                ["event_id": 1, "event": "run_finished", "run_id": "r", "created_at": 12.5],
            ])
    }

    @Test func flushingWritesWhatWasGathered() throws {
        let log = try open()
        log.report(RunEvent("one"))
        log.flush()
        #expect(try lines().count == 1)
        log.report(RunEvent("large", payload: ["x": .string(String(repeating: "y", count: 70_000))]))
        #expect(try lines().count == 2)
        try log.close()
        log.report(RunEvent("late"))
        #expect(try lines().count == 2)
        try log.close()
    }

    @Test func numbersGoOnWhenTheLogIsOpenedAgain() throws {
        for _ in 0..<2 {
            let log = try open()
            log.report(RunEvent("e"))
            log.report(RunEvent("e"))
            try log.close()
        }
        #expect(try lines().map { $0["event_id"] } == [0, 1, 2, 3])
    }

    @Test(arguments: ["{\"event_id\":2,\"ev", "x", String(repeating: "z", count: 200_000)])
    func aTornLastLineIsCutOff(rest: String) throws {
        append("{\"event_id\":0}\n{\"event_id\":1}\n" + rest, to: path)
        let log = try open()
        log.report(RunEvent("next"))
        try log.close()
        #expect(try lines().map { $0["event_id"] } == [0, 1, 2])
    }

    @Test func aFileThatIsOnlyATornLineBecomesEmpty() throws {
        append("{\"event", to: path)
        try open().close()
        #expect(contents(path).isEmpty)
    }

    @Test func linesOfManyTasksStayWhole() async throws {
        let log = try open()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for step in 0..<200 {
                        log.report(
                            RunEvent("e\(task)", payload: ["text": .string(String(repeating: "x", count: step))]))
                    }
                }
            }
        }
        try log.close()
        #expect(try lines().map { $0["event_id"]?.intValue } == Array(0..<1600))
    }

    @Test func aDeletedFileIsMadeAnew() throws {
        let log = try open()
        log.report(RunEvent("one"))
        log.flush()
        #expect(unlink(path) == 0)
        log.report(RunEvent("two"))
        try log.close()
        #expect(try lines().map { $0["event"] } == ["two"])
    }

    @Test(arguments: [0, 10, 70])
    func aFileThatSomebodyCutsHasWholeLinesAfterwards(length: Int) throws {
        let log = try open()
        log.report(RunEvent("one"))
        log.report(RunEvent("two"))
        log.flush()
        #expect(truncate(path, length) == 0)
        log.report(RunEvent("three"))
        try log.close()
        #expect(try lines().last?["event"] == "three")
    }

    @Test func aSecondLaterLinesAreWritten() async throws {
        let log = try open()
        log.report(RunEvent("one"))
        while contents(path).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
            log.report(RunEvent("more"))
        }
        #expect(try lines().first?["event"] == "one")
        try log.close()
    }

    @Test func linesThatTheDiskRefusesAreKeptAndNoHalfIsLeft() async {
        await #expect(processExitsWith: .success) {
            let temporary = try TemporaryDirectory()
            let path = "\(temporary.path)/events.jsonl"
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            limit.rlim_cur = 100
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let log = try EventLog(path: path, runID: "r") { 12.5 }
            log.report(RunEvent("one"))
            log.flush()
            log.report(RunEvent("two"))
            log.report(RunEvent("three"))
            log.flush()
            #expect(contents(path).split(separator: "\n").count == 1)
            #expect(contents(path).hasSuffix("\n"))
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try log.close()
            #expect(contents(path).split(separator: "\n").count == 3)
        }
    }
}
