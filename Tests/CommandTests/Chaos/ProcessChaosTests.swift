import Glibc
import JSON
import Processes
import Testing

/// Processes that are killed, asked to end over and over, or meet each other.
@Suite("Chaos: processes")
struct ProcessChaosTests {
    /// How often a run is killed, at moments drawn from the printed seed.
    static let kills = 100

    @Test(.timeLimit(.minutes(5)))
    func aHundredKillsLoseNothing() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let calm = try await ChaosShop.calm(in: directory)
        let seed = UInt64.random(in: 0...UInt64.max)
        print("chaos: kills, seed \(seed)")
        var random = SplitMix(state: seed)
        let (killed, runs) = try await ChaosShop.withServers(["--latency", "8", "--fault", "server_error/50"]) {
            servers in
            var (killed, runs, attempts) = (0, 1, 0)
            // A run that has come to its end through all the kills is followed by another.
            while killed < Self.kills, attempts < 4 * Self.kills {
                attempts += 1
                // One dialogue at a time for the most part, so that there is something left for every kill.
                let few = ["--concurrency", attempts % 10 == 9 ? "12" : "1"]
                var command = ChaosShop.command("killed-\(runs)", at: servers, in: path, few)
                command.deadline = .milliseconds(Int.random(in: 1...400, using: &random))
                command.gracePeriod = .zero
                // Killed with SIGKILL at once.
                let result = try await Processes.run(command)
                if result.termination == .signalled(SIGKILL) { killed += 1 } else { runs += 1 }
            }
            let last = try await ChaosShop.run("killed-\(runs)", at: servers, in: path)
            #expect(last.code == 0, "\(last.complaint)")
            return (killed, runs)
        }
        var sessions = 0
        for number in 1...runs {
            let id = "killed-\(number)"
            let run = try ChaosRun(directory, id)
            #expect(run == calm)
            #expect(run.hasEachEpisodeOnce)
            _ = try ChaosRun.lines(of: "\(id)/events.jsonl", in: directory)
            sessions += try directory.json("\(id)/summary.json").at("run.timings.sessions")?.intValue ?? 0
        }
        #expect(killed == Self.kills)
        ChaosTable.add(
            "SIGKILL at \(Self.kills) random moments",
            "\(killed) caught alive in \(runs) runs and \(sessions) sessions; each 12 of 12, each once, same scores")
    }

    @Test(.timeLimit(.minutes(2)))
    func stormsOfSignalsEndARunCleanly() async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(50)
        let calm = try await echo.calm(long)
        let seed = UInt64.random(in: 0...UInt64.max)
        print("chaos: signals, seed \(seed)")
        var random = SplitMix(state: seed)
        var codes: [Int32: Int] = [:]
        for number in 0..<12 {
            let child = try await ChildProcess.start(echo.command("storm", long + ["--json"]))
            let storm = [1, 2, 3, 20][number % 4]
            // Some storms begin at once, most when episodes are under way.
            if number / 4 != 1 { _ = try await child.nextLine() }
            for _ in 0..<storm {
                usleep(UInt32.random(in: 0...40_000, using: &random))
                kill(child.processIdentifier, Bool.random(using: &random) ? SIGTERM : SIGINT)
            }
            while try await child.nextLine() != nil {}
            codes[try await child.wait().code, default: 0] += 1
        }
        // Before the handler is there, a signal ends the process as it always does.
        #expect(Set(codes.keys).isSubset(of: [0, 130, 128 + SIGTERM]), "\(codes)")
        let last = try await echo.run("storm", long)
        #expect(last.code == 0, "\(last.complaint)")
        #expect(try echo.outcome("storm") == calm)
        _ = try ChaosRun.lines(of: "storm/events.jsonl", in: echo.directory)
        let seen = codes.sorted { $0.key < $1.key }.map { "\($0.key) × \($0.value)" }.joined(separator: ", ")
        ChaosTable.add(
            "storms of 1 to 20 SIGTERM and SIGINT, 12 times",
            "exit codes \(seen); goes on to 3000 of 3000, same scores")
    }

    @Test func ofFiveProcessesOneWorksAndFourAreRefused() async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(20)
        let calm = try await echo.calm(long)
        let command = echo.command("shared", long + ["-q"])
        let results = try await withThrowingTaskGroup(of: ProcessResult.self) { group in
            for _ in 0..<5 { group.addTask { try await Processes.run(command) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count(where: { $0.code == 0 }) >= 1)
        for result in results where result.code != 0 {
            #expect(result.code == 2)
            #expect(result.complaint.contains("another gage process (pid "), "\(result.complaint)")
        }
        #expect(try echo.outcome("shared") == calm)
        let refused = results.count(where: { $0.code == 2 })
        ChaosTable.add(
            "five processes on one run id at once",
            "\(refused) refused with the holder's pid (exit 2); 1200 of 1200, each once, same scores")
    }

    @Test(arguments: [">&-", "2>&-", "<&- >&- 2>&-", "| head -n 1 >/dev/null"])
    func outputThatGoesNowhereChangesNothing(redirection: String) async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(20)
        let calm = try await echo.calm(long)
        let words = echo.arguments("silent", long + ["--json"]).shellWords
        // Bash tells the status of the first program of a pipe.
        var command = ProcessCommand("bash", ["-c", "\"$GAGE\" \(words) \(redirection); exit ${PIPESTATUS[0]}"])
        command.workingDirectory = echo.directory.path
        command.environment = .inheritAdding(["GAGE": GageBinary.path, "NO_COLOR": "1"])
        command.deadline = .seconds(60)
        let result = try await Processes.run(command)
        #expect(result.code == 0, "\(redirection): \(result.complaint)")
        #expect(try echo.outcome("silent") == calm)
        _ = try ChaosRun.lines(of: "silent/events.jsonl", in: echo.directory)
        ChaosTable.add("`gage run … \(redirection.replacing("|", with: "\\|"))`", "1200 of 1200, same scores, exit 0")
    }
}
