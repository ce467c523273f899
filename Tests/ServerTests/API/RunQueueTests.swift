import Testing

@testable import Server

@Suite struct RunQueueTests {
    @Test func runsBeginUntilAllPlacesAreTakenThenWaitThenAreRefused() {
        var queue = RunQueue(parallel: 2, capacity: 1)
        #expect(queue.admit("a") == .begins)
        #expect(queue.admit("b") == .begins)
        #expect(queue.admit("c") == .waits)
        #expect(queue.admit("d") == .isRefused(waiting: 1))
        #expect(queue.end("a") == ["c"])
        #expect(queue.admit("d") == .waits)
        #expect(queue.running == ["b", "c"])
    }

    @Test func theFirstToComeIsTheFirstToBegin() {
        var queue = RunQueue(parallel: 1, capacity: 9)
        for id in ["a", "b", "c", "d"] { _ = queue.admit(id) }
        let first = queue.withdraw("c")
        let again = queue.withdraw("c")
        let running = queue.withdraw("a")
        #expect((first, again, running) == (true, false, false))
        #expect(queue.end("a") == ["b"])
        #expect(queue.end("b") == ["d"])
        #expect(queue.end("d") == [])
        #expect(queue.running.isEmpty)
    }

    @Test func everythingThatWaitsCanBeLetGoAtOnce() {
        var queue = RunQueue(parallel: 1, capacity: 9)
        for id in ["a", "b", "c"] { _ = queue.admit(id) }
        #expect(queue.releaseAll() == ["b", "c"])
        #expect(queue.running == ["a", "b", "c"])
        #expect(queue.end("b") == [])
    }

    @Test func withoutAQueueTheSecondRunIsRefused() {
        var queue = RunQueue(parallel: 1, capacity: 0)
        #expect(queue.admit("a") == .begins)
        #expect(queue.admit("b") == .isRefused(waiting: 0))
    }
}
