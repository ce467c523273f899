import Evaluation
import Glibc
import Storage
import Testing

@Suite struct RunDirectoryTests {
    let temporary: TemporaryDirectory

    init() throws { temporary = try TemporaryDirectory() }

    @Test func aNewRunGetsADirectoryOfItsName() throws {
        let run = try RunDirectory.create(in: "\(temporary.path)/deep/runs/", runID: "r-1")
        #expect(run.path == "\(temporary.path)/deep/runs/r-1")
        #expect(run.journalPath == run.path + "/run.sqlite")
        #expect(access(run.path, F_OK) == 0)
    }

    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "a b", "ä", String(repeating: "x", count: 129), "a\u{0}b"])
    func idsThatNoDirectoryCanHaveAreRefused(id: String) {
        let error = #expect(throws: EvaluationError.self) { try RunDirectory.create(in: temporary.path, runID: id) }
        #expect(error?.cause == .configuration)
        #expect(TemporaryDirectory.names(in: temporary.path).isEmpty)
    }

    @Test func aSecondProcessIsRefusedWithTheHoldersPid() throws {
        let first = try RunDirectory.create(in: temporary.path, runID: "r")
        let error = #expect(throws: EvaluationError.self) { try RunDirectory.create(in: temporary.path, runID: "r") }
        #expect(error?.message.contains("pid \(getpid())") == true)
        withExtendedLifetime(first) {}
    }

    @Test func theLockGoesWithItsHolder() throws {
        do { _ = try RunDirectory.create(in: temporary.path, runID: "r") }
        #expect(TemporaryDirectory.names(in: "\(temporary.path)/r").isEmpty)
        _ = try RunDirectory.create(in: temporary.path, runID: "r")
    }

    @Test func aLockFileLeftByAKilledProcessIsNoLock() throws {
        mkdir("\(temporary.path)/r", 0o755)
        append("1\n", to: "\(temporary.path)/r/run.lock")
        _ = try RunDirectory.create(in: temporary.path, runID: "r")
    }

    @Test func anExistingRunIsNotBegunAnew() throws {
        mkdir("\(temporary.path)/r", 0o755)
        append("", to: "\(temporary.path)/r/run.sqlite")
        let error = #expect(throws: EvaluationError.self) { try RunDirectory.create(in: temporary.path, runID: "r") }
        #expect(error?.advice?.contains("--run-id") == true)
        #expect(try RunDirectory.resume("\(temporary.path)/r").runID == "r")
        #expect(try RunDirectory.open("\(temporary.path)/r/.").runID == "r")
    }

    @Test func readingTakesNoLock() throws {
        append("", to: "\(temporary.path)/run.sqlite")
        let writer = try RunDirectory.resume(temporary.path)
        let reader = try RunDirectory.open(temporary.path)
        #expect(throws: EvaluationError.self) { try RunDirectory.resume(temporary.path) }
        withExtendedLifetime((writer, reader)) {}
    }

    @Test func aDirectoryWithoutJournalIsNoRun() throws {
        #expect(throws: EvaluationError.self) { try RunDirectory.open(temporary.path) }
        #expect(throws: EvaluationError.self) { try RunDirectory.resume("\(temporary.path)/absent") }
    }

    @Test func runsAreListedByName() throws {
        for name in ["b", "a", "no-run"] { mkdir("\(temporary.path)/\(name)", 0o755) }
        for name in ["b", "a"] { append("", to: "\(temporary.path)/\(name)/run.sqlite") }
        #expect(try RunDirectory.runs(in: temporary.path) == ["a", "b"])
        #expect(try RunDirectory.runs(in: "\(temporary.path)/absent").isEmpty)
    }
}

@Suite struct ArtifactTests {
    let temporary: TemporaryDirectory
    let run: RunDirectory

    init() throws {
        temporary = try TemporaryDirectory()
        run = try RunDirectory.create(in: temporary.path, runID: "r")
    }

    @Test func filesAreWrittenBelowTheRunDirectory() throws {
        #expect(try run.write(Array("one".utf8), to: "logs/a/b.txt") == "logs/a/b.txt")
        #expect(try run.write(Array("two".utf8), to: "logs/a/b.txt") == "logs/a/b.txt")
        #expect(contents("\(run.path)/logs/a/b.txt") == "two")
        #expect(try run.read("logs/a/b.txt") == Array("two".utf8))
        #expect(TemporaryDirectory.names(in: "\(run.path)/logs/a") == ["b.txt"])
    }

    @Test(arguments: [
        "", "/etc/x", "../x", "a/../../x", "a//b", "a/", ".", "a/./b", "a\u{0}b", String(repeating: "n", count: 256),
        String(repeating: "a/", count: 1100) + "b",
    ])
    func pathsThatLeadElsewhereAreRefused(path: String) {
        #expect(throws: EvaluationError.self) { try run.write([], to: path) }
        #expect(throws: EvaluationError.self) { try run.directory(path) }
    }

    @Test func aSymbolicLinkLeadsNowhereElse() throws {
        let outside = try TemporaryDirectory()
        symlink(outside.path, "\(run.path)/logs")
        #expect(throws: EvaluationError.self) { try run.write([1], to: "logs/x") }
        #expect(throws: EvaluationError.self) { try run.directory("logs") }
        #expect(TemporaryDirectory.names(in: outside.path).isEmpty)
    }

    @Test func directoriesAreMade() throws {
        let made = try run.directory("tau_artifacts/one")
        #expect(made.hasSuffix("/r/tau_artifacts/one"))
        #expect(access(made, W_OK) == 0)
    }

    @Test func aFailedWriteLeavesNothingBehind() throws {
        mkdir("\(run.path)/taken", 0o755)
        #expect(throws: EvaluationError.self) { try run.write([1], to: "taken") }
        #expect(TemporaryDirectory.names(in: run.path) == ["run.lock", "taken"])
    }
}
