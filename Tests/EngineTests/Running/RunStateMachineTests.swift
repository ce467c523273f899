import Evaluation
import Testing

@testable import Engine

/// The run loop's decisions as tables: events in, actions out.
@Suite struct RunStateMachineTests {
    private static func id(_ name: String) -> EpisodeID { EpisodeID(task: "t", sample: name, trial: 0) }
    private let a = id("a")
    private let b = id("b")
    private let c = id("c")
    private let d = id("d")

    private static func error(_ retry: RetryAdvice, cause: Cause = .provider) -> EvaluationError {
        EvaluationError(.providerFailed, "x", cause: cause, retry: retry)
    }

    private func machine(
        concurrency: Int = 2, readAhead: Int = 1, maxRetries: Int = 2, policy: StopPolicy = StopPolicy()
    ) -> RunStateMachine {
        RunStateMachine(
            limits: .init(concurrency: concurrency, readAhead: readAhead, maxRetries: maxRetries), policy: policy)
    }

    private func end(_ id: EpisodeID, _ outcome: Outcome) -> RunEventKind {
        .attemptEnded(id, .finished(outcome), Spending())
    }

    @Test func anEpisodeGoesFromOfferToCommitAndTheTaskEnds() {
        var machine = machine()
        #expect(machine.start(at: 0) == [.pull])
        #expect(machine.handle(.offered(a), at: 0) == [.begin(a), .pull])
        #expect(machine.handle(.sourceEnded, at: 0) == [])
        #expect(machine.handle(end(a, .scored), at: 0) == [.commit(a, failures: [])])
        #expect(machine.handle(.committed(a), at: 0) == [.finish])
        #expect(machine.stopReason == nil)
    }

    @Test func anEmptySourceEndsTheTaskAtOnce() {
        var machine = machine()
        _ = machine.start(at: 0)
        #expect(machine.handle(.sourceEnded, at: 0) == [.finish])
    }

    @Test func pullingStopsWhenEnoughAreAlive() {
        var machine = machine()
        _ = machine.start(at: 0)
        #expect(machine.handle(.offered(a), at: 0) == [.begin(a), .pull])
        #expect(machine.handle(.offered(b), at: 0) == [.begin(b), .pull])
        #expect(machine.handle(.offered(c), at: 0) == [])
        #expect(machine.liveCount == 3)
        #expect(machine.handle(end(a, .scored), at: 0) == [.commit(a, failures: [])])
        #expect(machine.handle(.committed(a), at: 0) == [.begin(c), .pull])
    }

    @Test func aPlaceIsFreeOnlyOnceTheEpisodeIsInTheJournal() {
        var machine = machine(concurrency: 1)
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.offered(b), at: 0)
        #expect(machine.handle(end(a, .scored), at: 0) == [.commit(a, failures: [])])
        #expect(machine.handle(.timePassed, at: 1) == [])
        #expect(machine.handle(.committed(a), at: 1) == [.begin(b), .pull])
    }

    @Test func aRetryWaitsAndIsMadeBeforeNewEpisodes() {
        let failure = Self.error(.worthwhile)
        var machine = machine(concurrency: 1, readAhead: 2)
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.offered(b), at: 0)
        #expect(
            machine.handle(end(a, .errored(failure)), at: 10) == [
                .announceRetry(a, failure, attempt: 2, delay: 1), .begin(b), .wait(until: 11),
            ])
        _ = machine.handle(.offered(c), at: 10)
        #expect(machine.handle(.timePassed, at: 11) == [])
        #expect(machine.handle(end(b, .scored), at: 12) == [.commit(b, failures: [])])
        #expect(machine.handle(.committed(b), at: 12) == [.begin(a), .pull])
        #expect(machine.handle(end(a, .scored), at: 13) == [.commit(a, failures: [failure])])
    }

    @Test(arguments: [
        (RetryAdvice.never, 2, 1), (.worthwhile, 0, 1), (.worthwhile, 1, 2), (.worthwhile, 2, 3),
        (.after(.seconds(90)), 2, 3),
    ])
    func attemptsFollowTheErrorsAdviceAndTheLimit(advice: RetryAdvice, maxRetries: Int, attempts: Int) {
        let failure = Self.error(advice)
        var machine = machine(maxRetries: maxRetries)
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        var now = 0.0
        var made = 1
        while made < 10 {
            let actions = machine.handle(end(a, .errored(failure)), at: now)
            if actions.contains(.commit(a, failures: Array(repeating: failure, count: made - 1))) { break }
            guard case .announceRetry(_, _, let attempt, let delay)? = actions.first else { break }
            made += 1
            #expect(attempt == made)
            if case .after = advice { #expect(delay == 90) }
            now += delay
            #expect(machine.handle(.timePassed, at: now).contains(.begin(a)))
        }
        #expect(made == attempts)
    }

    @Test func waitsGrowAndHaveALimit() {
        #expect(
            (1...9).map { RetryBackoff().delay(after: $0, advice: .worthwhile) } == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        #expect(RetryBackoff().delay(after: 1, advice: .after(.milliseconds(20))) == 1)
        #expect(RetryBackoff().delay(after: .max, advice: .worthwhile) == 60)
    }

    @Test func theFirstInterruptLetsEpisodesFinishAndTheSecondCancelsThem() {
        var machine = machine()
        _ = machine.start(at: 0)
        for id in [a, b, c] { _ = machine.handle(.offered(id), at: 0) }
        #expect(machine.handle(.interrupted, at: 0) == [.discard(c), .announceStop(.interrupted)])
        #expect(machine.handle(end(a, .scored), at: 0) == [.commit(a, failures: [])])
        #expect(machine.handle(.committed(a), at: 0) == [])
        #expect(machine.handle(.interrupted, at: 0) == [.cancelRunning])
        #expect(machine.handle(.interrupted, at: 0) == [])
        #expect(machine.handle(.attemptEnded(b, .cancelled, Spending()), at: 0) == [.discard(b), .finish])
        #expect(machine.stopReason == .interrupted)
    }

    @Test func anEpisodeOfferedAfterTheInterruptIsDiscarded() {
        var machine = machine()
        _ = machine.start(at: 0)
        #expect(machine.handle(.interrupted, at: 0) == [.announceStop(.interrupted)])
        #expect(machine.handle(.offered(a), at: 0) == [.discard(a), .finish])
    }

    @Test func aRetryThatWaitsIsLeftToAResumption() {
        let failure = Self.error(.worthwhile)
        var machine = machine()
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.offered(b), at: 0)
        _ = machine.handle(.sourceEnded, at: 0)
        _ = machine.handle(end(a, .errored(failure)), at: 0)
        #expect(machine.handle(.interrupted, at: 0) == [.discard(a), .announceStop(.interrupted)])
        #expect(machine.handle(end(b, .errored(failure)), at: 0) == [.discard(b), .finish])
    }

    @Test func anErrorThatNoRetryHelpsIsKeptWhileStopping() {
        let failure = Self.error(.never)
        var machine = machine()
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.sourceEnded, at: 0)
        _ = machine.handle(.interrupted, at: 0)
        #expect(machine.handle(end(a, .errored(failure)), at: 0) == [.commit(a, failures: [])])
    }

    @Test func cancellationStopsEverythingAtOnce() {
        var machine = machine()
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        #expect(machine.handle(.cancelled, at: 0) == [.announceStop(.interrupted), .cancelRunning])
        #expect(machine.handle(.sourceEnded, at: 0) == [])
        #expect(machine.handle(.attemptEnded(a, .cancelled, Spending()), at: 0) == [.discard(a), .finish])
    }

    @Test func aSourceThatBreaksFailsTheRunButNotWhatRuns() {
        let broken = EvaluationError(.dataMalformed, "line 7", cause: .task)
        var machine = machine()
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        #expect(machine.handle(.sourceFailed(broken), at: 0) == [.announceStop(.failed(broken))])
        #expect(machine.handle(end(a, .scored), at: 0) == [.commit(a, failures: [])])
        #expect(machine.handle(.committed(a), at: 0) == [.finish])
        #expect(machine.stopReason == .failed(broken))
    }

    @Test func aJournalThatFailsStopsTheRunAtOnce() {
        let full = EvaluationError(.storageFailed, "disk full", cause: .gage)
        var machine = machine()
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.offered(b), at: 0)
        _ = machine.handle(end(a, .scored), at: 0)
        #expect(
            machine.handle(.commitFailed(a, full), at: 0) == [
                .discard(a), .announceStop(.failed(full)), .cancelRunning,
            ])
        #expect(machine.stopReason == .failed(full))
    }

    @Test func failFastStopsAfterTheFirstErrorInTheJournal() {
        let failure = Self.error(.never)
        var machine = machine(policy: StopPolicy(failFast: true))
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.sourceEnded, at: 0)
        _ = machine.handle(end(a, .errored(failure)), at: 0)
        #expect(machine.handle(.committed(a), at: 0) == [.announceStop(.failFast(failure)), .finish])
    }

    @Test(arguments: [
        (Cause.configuration, EvaluationError.Code.configurationInvalid, true),
        (.provider, .providerUnauthorized, true), (.provider, .providerFailed, false), (.task, .dataMalformed, false),
    ])
    func onlyWhatConcernsEveryEpisodeStopsTheRun(cause: Cause, code: EvaluationError.Code, stops: Bool) {
        for somethingWorked in [false, true] {
            var machine = machine(concurrency: 1)
            _ = machine.start(at: 0)
            if somethingWorked {
                _ = machine.handle(.offered(b), at: 0)
                _ = machine.handle(end(b, .scored), at: 0)
                _ = machine.handle(.committed(b), at: 0)
            }
            _ = machine.handle(.offered(a), at: 0)
            _ = machine.handle(end(a, .errored(EvaluationError(code, "x", cause: cause))), at: 0)
            _ = machine.handle(.committed(a), at: 0)
            #expect((machine.stopReason != nil) == (stops && !somethingWorked))
        }
    }

    @Test func aUsedUpBudgetStopsTheRun() {
        var policy = StopPolicy()
        policy.budget = RunBudget(tokens: 100, cost: 1)
        var machine = machine(policy: policy)
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.offered(b), at: 0)
        var spent = Spending()
        spent.tokens = 99
        let actions = machine.handle(.attemptEnded(a, .finished(.scored), spent), at: 0)
        #expect(machine.stopReason == nil)
        #expect(actions == [.commit(a, failures: [])])
        spent.tokens = 1
        _ = machine.handle(.attemptEnded(b, .finished(.scored), spent), at: 0)
        #expect(machine.stopReason == .budget("the budget of 100 tokens is used up (100 used)"))
    }

    @Test func anEpisodeThatFoundNoBudgetIsLeftToAResumption() {
        let none = EvaluationError(.budgetExhausted, "nothing left", cause: .configuration)
        var machine = machine()
        _ = machine.start(at: 0)
        _ = machine.handle(.offered(a), at: 0)
        _ = machine.handle(.sourceEnded, at: 0)
        #expect(
            machine.handle(end(a, .errored(none)), at: 0) == [
                .announceStop(.budget("nothing left")), .discard(a), .finish,
            ])
    }

    @Test func theRunsTimeIsWaitedForAndStopsIt() {
        var policy = StopPolicy()
        policy.budget = RunBudget(time: .seconds(5))
        policy.budget.deadline = 5
        var machine = machine(policy: policy)
        #expect(machine.start(at: 0) == [.pull, .wait(until: 5)])
        _ = machine.handle(.offered(a), at: 1)
        #expect(machine.stopReason == nil)
        _ = machine.handle(.timePassed, at: 5)
        #expect(machine.stopReason != nil)
    }

    @Test func spendingCarriesOverToTheNextTask() {
        var policy = StopPolicy()
        policy.budget = RunBudget(cost: 1)
        var tally = StopPolicy.Tally()
        tally.spending.cost = 1
        var machine = RunStateMachine(
            limits: .init(concurrency: 1, readAhead: 1, maxRetries: 0), policy: policy, tally: tally)
        let actions = machine.start(at: 0)
        #expect(actions.last == .finish)
        #expect(machine.stopReason == .budget("the budget of 1.0 US dollars is used up (1.0 used)"))
    }

    @Test func unknownEpisodesAreIgnored() {
        var machine = machine()
        _ = machine.start(at: 0)
        #expect(machine.handle(end(d, .scored), at: 0) == [])
        #expect(machine.handle(.committed(d), at: 0) == [])
    }
}
