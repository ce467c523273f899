import Glibc
import JSON
import Processes
import Testing

/// Other programs at the journal while a run writes it.
@Suite("Chaos: the journal's locks", .enabled(if: ChaosTools.python != nil, "no python3 with sqlite3"))
struct JournalLockChaosTests {
    /// What another program does with the journal.
    enum Other: String, CaseIterable {
        case writer = "write lock held for 3 s"
        case reader = "read transaction held through the whole run"

        var statement: String {
            switch self {
            case .writer: "BEGIN IMMEDIATE"
            case .reader: "BEGIN; SELECT count(*) FROM episode"
            }
        }
    }

    @Test(arguments: Other.allCases)
    func aRunWaitsForOthers(other: Other) async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(40)
        let calm = try await echo.calm(long)
        let child = try await ChildProcess.start(echo.command("locked", long + ["--json"]))
        while let line = try await child.nextLine(), try JSONValue.parse(line).at("tasks[0].done")?.intValue ?? 0 < 300
        {
        }
        let holder = try await ChildProcess.start(hold(other, "\(echo.directory.path)/locked/run.sqlite"))
        #expect(try await holder.nextLine() == "held")
        while try await child.nextLine() != nil {}
        let result = try await child.wait()
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try echo.outcome("locked") == calm)
        holder.closeInput()
        _ = try await holder.wait()
        let report = try await GageBinary.run("report", "\(echo.directory.path)/locked", in: echo.directory.path)
        #expect(report.code == 0, "\(report.complaint)")
        ChaosTable.add("journal: \(other.rawValue)", "the run waits and ends: 2400 of 2400, same scores")
    }

    /// A program that takes a lock, says so, and gives it back: after 3 s, or when its input ends.
    private func hold(_ other: Other, _ path: String) -> ProcessCommand {
        let wait = other == .writer ? "time.sleep(3)" : "sys.stdin.read()"
        let program = """
            import sqlite3, sys, time
            connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
            for statement in sys.argv[2].split(';'): connection.execute(statement).fetchall()
            print('held', flush=True)
            \(wait)
            connection.execute('ROLLBACK')
            print('released', flush=True)
            """
        return ProcessCommand(ChaosTools.python ?? "python3", ["-c", program, path, other.statement])
    }
}
