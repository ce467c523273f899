import Evaluation
import Testing

@testable import Engine

/// What the user's commands do to the run loop's decisions: events in, actions out.
@Suite struct RunControlMachineTests {
    private static func id(_ name: String) -> EpisodeID { EpisodeID(task: "t", sample: name, trial: 0) }
    private let a = id("a")
    private let b = id("b")
    private let c = id("c")

    private func machine(concurrency: Int = 2, readAhead: Int = 1) -> RunStateMachine {
        var machine = RunStateMachine(
            limits: .init(concurrency: concurrency, readAhead: readAhead, maxRetries: 2), policy: StopPolicy())
        _ = machine.start(at: 0)
        return machine
    }

    private func end(_ id: EpisodeID, _ outcome: Outcome = .scored) -> RunEventKind {
        .attemptEnded(id, .finished(outcome), Spending())
    }

    @Test func aPauseLetsWhatIsInFlightFinishAndBeginsNothingNew() {
        var machine = machine(concurrency: 1)
        #expect(machine.handle(.offered(a), at: 0) == [.begin(a), .pull])
        #expect(machine.handle(.paused, at: 0) == [])
        #expect(machine.handle(.offered(b), at: 0) == [])
        #expect(machine.handle(end(a), at: 0) == [.commit(a, failures: [])])
        #expect(machine.handle(.committed(a), at: 0) == [])
        #expect(machine.handle(.resumed, at: 9) == [.begin(b), .pull])
        #expect(machine.stopReason == nil)
    }

    @Test func aRetryThatIsDueWaitsForTheEndOfAPause() {
        let failure = EvaluationError(.providerFailed, "x", cause: .provider, retry: .worthwhile)
        var machine = machine(concurrency: 1)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.sourceEnded, at: 0)
        _ = machine.handle(end(a, .errored(failure)), at: 0)
        #expect(machine.handle(.paused, at: 0) == [])
        #expect(machine.handle(.timePassed, at: 1) == [])
        #expect(machine.handle(.resumed, at: 2) == [.begin(a)])
    }

    @Test func aPausedTaskThatHasNothingLeftEnds() {
        var machine = machine()
        _ = machine.handle(.paused, at: 0)
        #expect(machine.handle(.sourceEnded, at: 0) == [.finish])
    }

    @Test func aPausedRunCanBeStopped() {
        var machine = machine()
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.paused, at: 0)
        _ = machine.handle(.offered(b), at: 0)
        #expect(machine.handle(.interrupted, at: 0) == [.discard(b), .announceStop(.interrupted)])
        _ = machine.handle(end(a), at: 0)
        #expect(machine.handle(.committed(a), at: 0) == [.finish])
    }

    @Test func aHigherLimitBeginsMoreAtOnceAndALowerOneBeginsFewer() {
        var machine = machine(concurrency: 1, readAhead: 2)
        for id in [a, b, c] { _ = machine.handle(.offered(id), at: 0) }
        #expect(machine.handle(.limited(3), at: 0) == [.begin(b), .begin(c), .pull])
        #expect(machine.handle(.limited(1), at: 0) == [])
        _ = machine.handle(.offered(Self.id("d")), at: 0)
        for id in [a, b] {
            _ = machine.handle(end(id), at: 0)
            #expect(!machine.handle(.committed(id), at: 0).contains(.begin(Self.id("d"))))
        }
        _ = machine.handle(end(c), at: 0)
        #expect(machine.handle(.committed(c), at: 0).contains(.begin(Self.id("d"))))
    }

    @Test(arguments: [0, -3]) func noLimitIsBelowOne(limit: Int) {
        var machine = machine()
        _ = machine.handle(.limited(limit), at: 0)
        #expect(machine.handle(.offered(a), at: 0).contains(.begin(a)))
    }

    @Test func aCancelledTaskIsLeftAndTheRunIsNotStopped() {
        var machine = machine(concurrency: 1)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.offered(b), at: 0)
        #expect(machine.handle(.taskCancelled, at: 0) == [.discard(b), .cancelRunning])
        #expect(machine.handle(.taskCancelled, at: 0) == [])
        // What the group's cancellation brings about is no wish to stop the run.
        #expect(machine.handle(.cancelled, at: 0) == [])
        #expect(machine.handle(.sourceEnded, at: 0) == [])
        #expect(machine.handle(.attemptEnded(a, .cancelled, Spending()), at: 0) == [.discard(a), .finish])
        #expect(machine.stopReason == nil)
        #expect(machine.isLeft)
    }

    @Test func whatFinishedWhileItsTaskWasLeftIsKept() {
        var machine = machine()
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.sourceEnded, at: 0)
        _ = machine.handle(.taskCancelled, at: 0)
        #expect(machine.handle(end(a), at: 0) == [.commit(a, failures: [])])
        #expect(machine.handle(.committed(a), at: 0) == [.finish])
    }

    @Test func theRunCanBeStoppedWhileATaskIsLeft() {
        var machine = machine()
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.taskCancelled, at: 0)
        #expect(machine.handle(.interrupted, at: 0) == [.announceStop(.interrupted)])
        #expect(machine.stopReason == .interrupted)
    }

    @Test func aJournalThatFailsWhileATaskIsLeftStopsTheRun() {
        let full = EvaluationError(.storageFailed, "disk full", cause: .gage)
        var machine = machine()
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(end(a), at: 0)
        _ = machine.handle(.taskCancelled, at: 0)
        #expect(machine.handle(.commitFailed(a, full), at: 0) == [.discard(a), .announceStop(.failed(full))])
        #expect(machine.stopReason == .failed(full))
    }

    @Test func aSourceThatEndedIsAskedAgainOnceItWasRefilled() {
        var machine = machine()
        _ = machine.handle(.offered(a), at: 0)
        #expect(machine.handle(.sourceEnded, at: 0) == [])
        #expect(machine.handle(.sourceRefilled, at: 0) == [.pull])
        #expect(machine.handle(.offered(b), at: 0) == [.begin(b), .pull])
    }

    @Test func aSourceThatIsRefilledWhileItEndsIsAskedAgain() {
        var machine = machine()
        _ = machine.handle(.offered(a), at: 0)
        #expect(machine.handle(.sourceRefilled, at: 0) == [])
        #expect(machine.handle(.sourceEnded, at: 0) == [.pull])
        #expect(machine.handle(.sourceEnded, at: 0) == [])
    }

    @Test func anEpisodeThatIsAliveIsNotBegunTwice() {
        var machine = machine()
        #expect(machine.handle(.offered(a), at: 0) == [.begin(a), .pull])
        #expect(machine.handle(.offered(a), at: 0) == [.pull])
        #expect(machine.liveCount == 1)
    }
}
