import Evaluation
import Glibc
import Testing

@testable import Storage

/// Finding the directories in which processes work.
@Suite struct HeldDirectoryTests {
    @Test func runsAndShardsAreFoundWithTheirProcessAndGoneAfterwards() throws {
        let folder = try TemporaryDirectory()
        do {
            let whole = try RunDirectory.create(in: folder.path, runID: "a")
            let part = try RunDirectory.create(in: folder.path, runID: "b", shard: Shard(number: 2, count: 3))
            let held = try RunDirectory.held(in: folder.path)
            #expect(held.map(\.runID) == ["a", "b"])
            #expect(held.map { $0.shard?.description } == [nil, "2/3"])
            #expect(held.allSatisfy { $0.holder == getpid() })
            #expect(try RunDirectory.held(at: part.path) == [held[1]])
            withExtendedLifetime((whole, part)) {}
        }
        #expect(try RunDirectory.held(in: folder.path) == [])
    }

    @Test func aLockThatAKilledProcessLeftIsNobodys() throws {
        let folder = try TemporaryDirectory()
        let path = "\(folder.path)/dead"
        try FileSystem.makeDirectories(path)
        // No process has the largest number there is.
        for text in ["2147483647\n", "", "x\n"] {
            let descriptor = try FileSystem.open("\(path)/run.lock", O_WRONLY | O_CREAT | O_TRUNC)
            try FileSystem.write(Array(text.utf8), to: descriptor, path: path)
            close(descriptor)
            let held = try RunDirectory.held(in: folder.path)
            #expect(held.map(\.runID) == ["dead"])
            #expect(held.map(\.holder) == [nil])
        }
    }

    @Test func whereThereAreNoRunsNothingIsHeld() throws {
        #expect(try RunDirectory.held(in: "/nonexistent/runs") == [])
        #expect(try RunDirectory.held(at: "/nonexistent/runs/a") == [])
    }

    @Test func theLibraryOfJournalsKnowsItself() throws {
        let library = try StorageLibrary()
        #expect(library.version.hasPrefix("3."))
    }
}
