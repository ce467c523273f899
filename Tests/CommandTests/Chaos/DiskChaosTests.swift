import Glibc
import JSON
import Processes
import Testing

/// Disks that are full, closed or limited.
///
/// What needs file systems of its own needs root.
@Suite("Chaos: disks")
struct DiskChaosTests {
    static let isRoot = geteuid() == 0

    @Test(
        .enabled(if: isRoot, "a file system of one's own needs root"),
        arguments: ["64k", "200k", "500k", "900k"])
    func afterAFullDiskARunGoesOn(size: String) async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(10)
        let calm = try await echo.calm(long)
        let run = "\"$GAGE\" " + echo.arguments("full", long + ["-q"], output: "small").shellWords
        let result = try await echo.inMountNamespace(
            """
            mkdir small && mount -t tmpfs -o size=\(size) tmpfs small || exit 99
            \(run) 2>complaint; echo $? >code
            mount -o remount,size=64m small && \(run) && cp -r small/full full
            """)
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try echo.directory.text("code") == "1\n")
        let complaint = try echo.directory.text("complaint")
        #expect(complaint.contains("cause: gage") && complaint.contains("free some disk space"), "\(complaint)")
        #expect(try echo.outcome("full") == calm)
        _ = try ChaosRun.lines(of: "full/events.jsonl", in: echo.directory)
        ChaosTable.add(
            "disk of \(size) full", "exit 1, says so; with space the run goes on: 600 of 600, same scores")
    }

    @Test(.enabled(if: isRoot, "a file system of one's own needs root"))
    func aFullDiskForTheReportLeavesTheJournal() async throws {
        let echo = try ChaosEcho()
        let calm = try await echo.calm()
        let run = "\"$GAGE\" " + echo.arguments("late", ["-q"], output: "small").shellWords
        // Room for the journal, and none for what is derived from it.
        let result = try await echo.inMountNamespace(
            """
            mkdir small && mount -t tmpfs -o size=64m tmpfs small && \(run) || exit 99
            rm small/late/samples.jsonl small/late/summary.json small/late/report.html
            head -c 63500k /dev/zero >small/ballast; cat /dev/zero >>small/ballast 2>/dev/null
            "$GAGE" report small/late 2>complaint; echo $? >code
            rm small/ballast && "$GAGE" report small/late >/dev/null && cp -r small/late late
            """)
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try echo.directory.text("code") == "1\n")
        #expect(try echo.directory.text("complaint").contains("free some disk space"))
        #expect(try echo.outcome("late") == calm)
        ChaosTable.add(
            "disk full when the report is written", "exit 1, says so; `gage report` writes it when there is space")
    }

    @Test(.enabled(if: isRoot, "a file system of one's own needs root"))
    func eventsThatCannotBeWrittenLeaveTheResult() async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(10)
        let calm = try await echo.calm(long)
        let run = "\"$GAGE\" " + echo.arguments("silent", long + ["-q"]).shellWords
        let result = try await echo.inMountNamespace(
            """
            mkdir small silent && mount -t tmpfs -o size=16k tmpfs small || exit 99
            ln -s ../small/events.jsonl silent/events.jsonl
            \(run) 2>complaint; code=$?
            rm silent/events.jsonl && cp small/events.jsonl silent/ && exit $code
            """)
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try echo.directory.text("complaint").contains("events are not in the event log"))
        #expect(try echo.outcome("silent") == calm)
        _ = try ChaosRun.lines(of: "silent/events.jsonl", in: echo.directory)
        ChaosTable.add(
            "disk full for `events.jsonl` alone",
            "exit 0, says how many events are lost; whole lines only; 600 of 600, same scores")
    }

    @Test(.enabled(if: isRoot, "a file system of one's own needs root"))
    func aReadOnlyDirectoryIsRefusedAndLeftAlone() async throws {
        let echo = try ChaosEcho()
        let calm = try await echo.calm()
        let new = "\"$GAGE\" " + echo.arguments("new", ["-q"], output: "small").shellWords
        let old = "\"$GAGE\" " + echo.arguments("old", ["-q"], output: "small").shellWords
        let result = try await echo.inMountNamespace(
            """
            mkdir small && mount -t tmpfs -o size=64m tmpfs small && \(old) && mount -o remount,ro small || exit 99
            \(new) 2>complaints; echo $? >codes
            \(old) 2>>complaints; echo $? >>codes
            "$GAGE" report small/old 2>>complaints; echo $? >>codes
            cp -r small/old old
            """)
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try echo.directory.text("codes") == "1\n1\n1\n")
        let complaints = try echo.directory.text("complaints")
        #expect(complaints.split(separator: "\n").count(where: { $0.contains("Read-only file system") }) == 3)
        #expect(complaints.contains("choose another output directory"))
        #expect(try echo.outcome("old") == calm)
        ChaosTable.add(
            "read-only output directory", "a new run, going on, and a report: exit 1, the path and what to do")
    }

    @Test(arguments: [1_000, 20_000, 100_000, 300_000])
    func aFileSizeLimitIsAnErrorAndNoSignal(bytes: Int) async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(10)
        let calm = try await echo.calm(long)
        var command = echo.command("limited", long + ["-q"])
        command.limits.fileSizeBytes = bytes
        let limited = try await Processes.run(command)
        #expect(limited.termination == .exited(1), "\(limited.complaint)")
        #expect(limited.complaint.contains("cause: gage"), "\(limited.complaint)")
        let again = try await echo.run("limited", long)
        #expect(again.code == 0, "\(again.complaint)")
        #expect(try echo.outcome("limited") == calm)
        ChaosTable.add(
            "no file larger than \(bytes) bytes (`ulimit -f`)",
            "exit 1, no signal; without the limit the run goes on: 600 of 600, same scores")
    }

    @Test func withoutADirectoryForTemporaryFilesARunWorks() async throws {
        let echo = try ChaosEcho()
        let calm = try await echo.calm()
        let result = try await echo.run("nowhere", environment: ["TMPDIR": "/nonexistent/tmp"])
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try echo.outcome("nowhere") == calm)
        ChaosTable.add("TMPDIR does not exist", "120 of 120, same scores")
    }

    /// What somebody does to the event log while a run writes it.
    enum Meddling: String, CaseIterable {
        case deleted, truncated, torn
    }

    @Test(arguments: Meddling.allCases)
    func theEventLogIsNoPartOfTheResult(meddling: Meddling) async throws {
        let echo = try ChaosEcho()
        let long = ChaosEcho.trials(40)
        let calm = try await echo.calm(long)
        let child = try await ChildProcess.start(echo.command("meddled", long + ["--json"]))
        let log = "\(echo.directory.path)/meddled/events.jsonl"
        while let line = try await child.nextLine(), try JSONValue.parse(line).at("tasks[0].done")?.intValue ?? 0 < 800
        {
        }
        #expect(try !echo.directory.text("meddled/events.jsonl").isEmpty)
        switch meddling {
        case .deleted: #expect(unlink(log) == 0)
        case .truncated: #expect(truncate(log, 0) == 0)
        case .torn: #expect(truncate(log, 1000) == 0)
        }
        while try await child.nextLine() != nil {}
        let result = try await child.wait()
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try echo.outcome("meddled") == calm)
        // What happened afterwards is there.
        let last = try ChaosRun.lines(of: "meddled/events.jsonl", in: echo.directory).last
        #expect(last?["event"] == "run_finished")
        ChaosTable.add(
            "`events.jsonl` \(meddling.rawValue) in the middle of a run",
            "2400 of 2400, same scores; later events are in the file")
    }
}

extension [String] {
    /// The words as a shell takes them.
    var shellWords: String { map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ") }
}
