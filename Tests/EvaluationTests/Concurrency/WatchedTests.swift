import Evaluation
import Testing

@Suite struct WatchedTests {
    @Test func letsGoOfThoseWhoHaveWhatTheyWaitFor() async {
        let watched = Watched(0)
        await withTaskGroup(of: Int.self) { group in
            for wanted in 1...3 {
                group.addTask {
                    await watched.wait { $0 >= wanted }
                    return watched.read { $0 }
                }
            }
            for _ in 0..<3 {
                watched.change { $0 += 1 }
                let seen = await group.next()
                #expect(seen.map { $0 > 0 } == true)
            }
        }
    }

    @Test func doesNotWaitForWhatIsThere() async {
        let watched = Watched("there")
        await watched.wait { $0 == "there" }
        #expect(watched.read { $0.count } == 5)
    }

    @Test func letsGoOfThoseWhoAreCancelled() async {
        let watched = Watched(0)
        let early = Task { await watched.wait { $0 > 0 } }
        early.cancel()
        await early.value
        let (waits, hasBegun) = AsyncStream<Void>.makeStream()
        let late = Task {
            hasBegun.finish()
            await watched.wait { $0 > 0 }
        }
        for await _ in waits {}
        late.cancel()
        await late.value
        #expect(watched.read { $0 } == 0)
    }

    @Test func goesOnThoughTheCallerIsCancelled() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await (Task.isCancelled, Task.shielded { Task.isCancelled })
        }
        let (caller, shielded) = await task.value
        #expect(caller)
        #expect(!shielded)
    }
}
