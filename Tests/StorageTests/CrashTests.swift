import Evaluation
import Glibc
import JSON
import Storage
import Testing

/// Commits in a child process that is killed at some moment, then looks at what it left.
@Suite struct CrashTests {
    @Test(arguments: [3, 11, 27, 52]) func whatWasAcknowledgedSurvivesAKill(milliseconds: Int) async throws {
        let temporary = try TemporaryDirectory()
        let path = temporary.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, milliseconds = milliseconds as Int] in
            try await CrashingWriter(directory: path).run(killedAfter: milliseconds)
        }
        let acknowledged = contents("\(path)/acknowledged").split(separator: "\n").map(String.init)
        let directory = try RunDirectory.resume("\(path)/r")
        let writer = try JournalWriter.open(directory.journalPath)
        #expect(try writer.journal.integrityComplaint() == nil)
        var found: Set<String> = []
        try writer.journal.forEachEpisode { stored in
            #expect(stored.record.trajectory.entries.count == 2)
            found.insert(stored.record.id.sample)
        }
        #expect(!acknowledged.isEmpty)
        #expect(found.isSuperset(of: acknowledged))
        try await writer.commit(.example(sample: "after"), at: EpisodePosition(task: 0, sample: 1_000_000))
        try await writer.close()
        let events = try EventLog(path: directory.eventsPath, runID: "r") { 0 }
        try events.close()
        let log = contents(directory.eventsPath)
        #expect(log.isEmpty || log.last == "\n")
    }
}

/// The child's part: many tasks that commit and write down what was acknowledged.
struct CrashingWriter: Sendable {
    let directory: String

    func run(killedAfter milliseconds: Int) async throws {
        let run = try RunDirectory.create(in: directory, runID: "r")
        let writer = try await JournalWriter.create(at: run.journalPath, run: .example)
        let events = try EventLog(path: run.eventsPath, runID: "r") { 0 }
        try await commit(sample: 0, with: writer)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await Task.sleep(for: .milliseconds(milliseconds))
                kill(getpid(), SIGKILL)
            }
            for lane in 1...8 {
                group.addTask {
                    var sample = lane
                    while true {
                        try await commit(sample: sample, with: writer)
                        events.report(RunEvent("committed", payload: ["sample": .int(Int64(sample))]))
                        events.flush()
                        sample += 8
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func commit(sample: Int, with writer: JournalWriter) async throws {
        let payload = String(repeating: "p", count: sample % 7 * 1000)
        try await writer.commit(
            .example(sample: "\(sample)", payload: payload), at: EpisodePosition(task: 0, sample: sample))
        append("\(sample)\n", to: "\(directory)/acknowledged")
    }
}
