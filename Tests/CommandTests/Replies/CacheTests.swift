import Glibc
import JSON
import Processes
import Testing

@Suite("The cache of model replies, through the binary")
struct CacheTests {
    @Test func aRunThatWasDoneBeforeNeedsNoServer() async throws {
        let work = try ReplyWork()
        let first = try await ReplyWork.withServer { url in
            try work.configure(url, more: "cache: true")
            return try await work.run("first")
        }
        #expect(first.code == 0, "\(first.complaint)")
        #expect(first.complaint.contains("cache: 0 of 24 calls answered"), "\(first.complaint)")
        let second = try await work.run("second")
        #expect(second.code == 0, "\(second.complaint)")
        #expect(second.complaint.contains("cache: 24 of 24 calls answered ("), "\(second.complaint)")
        try work.expectSame("first", "second")
        // Another seed draws anew, and a cache that was not asked for answers nothing.
        let other = try await work.run("other", "--set", "seed=1", "--set", "tasks[0].max_retries=0")
        #expect(other.complaint.contains("cache: 0 of"), "\(other.complaint)")
        let none = try await work.run("none", "--no-cache", "--set", "tasks[0].max_retries=0")
        #expect(none.code == 3 && !none.complaint.contains("cache:"), "\(none.complaint)")
        let kept = try work.directory.text("cache/gage/responses.sqlite")
        for secret in ReplyWork.written + [ReplyWork.key] { #expect(!kept.contains(secret)) }
    }

    @Test func severalProcessesShareACache() async throws {
        let work = try ReplyWork(samples: 40)
        let commands = ["a", "b", "c", "d"].map { work.command($0, ["--cache", "shared.sqlite", "-q"]) }
        try await ReplyWork.withServer { url in
            try work.configure(url)
            try await withThrowingTaskGroup(of: ProcessResult.self) { group in
                for command in commands { group.addTask { try await Processes.run(command) } }
                for try await result in group { #expect(result.code == 0, "\(result.complaint)") }
            }
        }
        let after = try await work.run("after", "--cache", "shared.sqlite")
        #expect(after.complaint.contains("cache: 80 of 80 calls answered"), "\(after.complaint)")
        try work.expectSame("a", "after")
        let statistics = try await Self.cache(work, "stats", "--path", "shared.sqlite", "--json")
        #expect(try JSONValue.parse(statistics.output).at("replies") == 80)
    }

    @Test func theCacheIsListedAndPruned() async throws {
        let work = try ReplyWork()
        try await ReplyWork.withServer { url in
            try work.configure(url)
            let run = try await work.run("run", "--cache", "c.sqlite")
            #expect(run.code == 0, "\(run.complaint)")
        }
        let list = try await Self.cache(work, "list", "--path", "c.sqlite", "--limit", "5")
        #expect(list.output.split(separator: "\n").count == 7, "\(list.output)")
        #expect(list.output.contains("mock"))
        let young = try await Self.cache(work, "prune", "--path", "c.sqlite", "--older-than", "30d")
        #expect(young.output.hasPrefix("removed 0 replies"), "\(young.output)")
        let rehearsed = try await Self.cache(work, "prune", "--path", "c.sqlite", "--model", "mock", "--dry-run")
        #expect(rehearsed.output.hasPrefix("would remove 24 replies"), "\(rehearsed.output)")
        let large = try await Self.cache(work, "prune", "--path", "c.sqlite", "--max-size", "1GB")
        #expect(large.output.hasPrefix("removed 0 replies"), "\(large.output)")
        let all = try await Self.cache(work, "prune", "--path", "c.sqlite", "--all")
        #expect(all.output.hasPrefix("removed 24 replies"), "\(all.output)")
        for arguments in [["prune"], ["prune", "--all", "--model", "m"], ["prune", "--older-than", "soon"]] {
            let wrong = try await Processes.run(GageBinary.command(["cache"] + arguments, in: work.directory.path))
            #expect(wrong.code == 2, "\(wrong.complaint)")
        }
        let missing = try await Self.cache(work, "stats", "--path", "none.sqlite")
        #expect(missing.code == 2 && missing.complaint.contains("there is no cache"), "\(missing.complaint)")
    }

    @Test func aDamagedCacheIsRefusedBeforeAnythingRuns() async throws {
        let work = try ReplyWork(samples: 1)
        try work.configure("http://127.0.0.1:9/v1")
        try work.directory.write("this is no database at all", to: "c.sqlite")
        let result = try await work.run("refused", "--cache", "c.sqlite")
        #expect(result.code == 2)
        #expect(result.complaint.contains("is no cache of gage's"), "\(result.complaint)")
        #expect(try work.directory.text("c.sqlite") == "this is no database at all")
    }

    @Test func aPlanShowsItsCache() async throws {
        let work = try ReplyWork(samples: 1)
        try work.configure("http://127.0.0.1:9/v1", more: "cache: {path: c.sqlite, mode: read, max_age: 90m}")
        let text = try await GageBinary.run("plan", "--config", "run.yaml", in: work.directory.path)
        #expect(
            text.output.contains("cache  read, \(work.directory.path)/c.sqlite, not older than 90m"), "\(text.output)")
        try work.configure("http://127.0.0.1:9/v1", more: "cache: {mode: sometimes, max_age: soon}")
        let wrong = try await GageBinary.run("plan", "--config", "run.yaml", in: work.directory.path)
        #expect(wrong.code == 2)
        #expect(wrong.complaint.contains("'sometimes' is not allowed here"), "\(wrong.complaint)")
        #expect(wrong.complaint.contains("expected a length of time, found 'soon'"), "\(wrong.complaint)")
    }

    private static func cache(
        _ work: borrowing ReplyWork, _ arguments: String...
    ) async throws -> ProcessResult {
        try await Processes.run(GageBinary.command(["cache"] + arguments, in: work.directory.path))
    }
}
