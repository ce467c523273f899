import Evaluation
import Testing

@testable import Engine

/// Drives the state machine through random courses and checks what must always hold.
@Suite struct RunStateMachineSimulationTests {
    @Test(arguments: 0..<200) func everyEpisodeIsCommittedOnceOrDiscarded(seed: UInt64) {
        var simulation = Simulation(seed: seed)
        simulation.run()
        #expect(simulation.isFinished, "seed \(seed)")
        #expect(simulation.complaints.isEmpty, "seed \(seed)")
        if simulation.machine.stopReason == nil { #expect(simulation.committed.count == simulation.episodes) }
    }
}

/// A world that answers the machine's actions at random times and in random order.
private struct Simulation {
    var generator: SeededGenerator
    let episodes: Int
    let limits: RunStateMachine.Limits
    var machine: RunStateMachine
    var pending: [RunEventKind] = []
    var offered = 0
    var running: Set<EpisodeID> = []
    var committed: Set<EpisodeID> = []
    var discarded: Set<EpisodeID> = []
    var isFinished = false
    var complaints: [String] = []
    var now = 0.0

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        episodes = Int.random(in: 0...40, using: &generator)
        limits = .init(
            concurrency: Int.random(in: 1...6, using: &generator), readAhead: Int.random(in: 0...4, using: &generator),
            maxRetries: Int.random(in: 0...3, using: &generator))
        machine = RunStateMachine(limits: limits, policy: StopPolicy())
    }

    mutating func run() {
        perform(machine.start(at: now))
        let interrupts = Bool.random(using: &generator)
        for step in 0..<5000 where !isFinished {
            if interrupts, step == 37 || step == 60 { perform(machine.handle(.interrupted, at: now)) }
            guard !pending.isEmpty else { break }
            let event = pending.remove(at: Int.random(in: 0..<pending.count, using: &generator))
            now += Double.random(in: 0...3, using: &generator)
            if case .attemptEnded(let id, _, _) = event { running.remove(id) }
            if case .committed(let id) = event { committed.insert(id) }
            perform(machine.handle(event, at: now))
            if machine.liveCount > limits.concurrency + limits.readAhead { complaints.append("too many alive") }
        }
    }

    private mutating func perform(_ actions: [RunAction]) {
        for action in actions {
            if isFinished { complaints.append("an action after the end") }
            switch action {
            case .pull:
                offered += 1
                let id = EpisodeID(task: "t", sample: "\(offered)", trial: 0)
                pending.append(offered <= episodes ? .offered(id) : .sourceEnded)
            case .begin(let id):
                if !running.insert(id).inserted { complaints.append("begun twice at once") }
                if running.count > limits.concurrency { complaints.append("too many at once") }
                pending.append(.attemptEnded(id, randomEnd(), Spending()))
            case .commit(let id, _):
                if committed.contains(id) { complaints.append("committed twice") }
                pending.append(.committed(id))
            case .discard(let id):
                if committed.contains(id) || !discarded.insert(id).inserted { complaints.append("discarded wrongly") }
            case .wait: pending.append(.timePassed)
            case .finish: isFinished = true
            case .announceRetry, .announceStop, .cancelRunning: break
            }
        }
    }

    private mutating func randomEnd() -> AttemptEnd {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: .finished(.errored(EvaluationError(.providerFailed, "x", cause: .provider, retry: .worthwhile)))
        case 1: .finished(.errored(EvaluationError(.providerFailed, "x", cause: .provider)))
        case 2: .finished(.unscorable(reason: "r"))
        default: .finished(.scored)
        }
    }
}
