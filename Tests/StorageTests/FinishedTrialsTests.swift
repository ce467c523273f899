import Evaluation
import Storage
import Testing

@Suite struct FinishedTrialsTests {
    private let temporary: TemporaryDirectory
    private var path: String { "\(temporary.path)/run.sqlite" }

    init() throws { temporary = try TemporaryDirectory() }

    /// Two pages and a half, every 7th sample left out, two trials of which some errored.
    @Test func sampleAfterSampleIsAsItsOwnNameSays() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        let error = Outcome.errored(EvaluationError(.providerTimeout, "late", cause: .provider))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for place in 0..<1300 where place % 7 != 3 {
                for trial in 0..<2 {
                    let outcome = place % 5 == trial ? error : .scored
                    group.addTask {
                        try await writer.commit(
                            .example(sample: "s\(place)", trial: trial, outcome: outcome),
                            at: EpisodePosition(task: 0, sample: place))
                    }
                }
            }
            try await group.waitForAll()
        }
        // Another task's samples of the same names are none of this one's.
        try await writer.commit(.example(task: "u", sample: "s3"), at: EpisodePosition(task: 1, sample: 3))
        var finished = FinishedTrials(journal: writer.journal, task: "t", ordinal: 0)
        for place in 0..<1400 {
            let name = "s\(place)"
            let trials = try finished.trials(ofSample: name, at: place)
            #expect(try trials == writer.journal.finishedTrials(ofSample: name, task: "t"), "\(name)")
            #expect(trials.isEmpty == (place % 7 == 3 || place >= 1300))
        }
        // Samples that changed places are found by their names, near and far.
        var moved = FinishedTrials(journal: writer.journal, task: "t", ordinal: 0)
        #expect(try moved.trials(ofSample: "s12", at: 10) == [0: false, 1: false])
        #expect(try moved.trials(ofSample: "s1299", at: 11) == [0: false, 1: false])
        #expect(try moved.trials(ofSample: "s2", at: 1200) == [0: false, 1: false])
        #expect(try moved.trials(ofSample: "none", at: 1201).isEmpty)
        try await writer.close()
    }

    /// A sample with more trials than a page has rows.
    @Test func manyTrialsOfOneSampleAreAllThere() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for trial in 0..<1100 {
                group.addTask {
                    try await writer.commit(.example(trial: trial), at: EpisodePosition(task: 0, sample: 0))
                }
            }
            try await group.waitForAll()
        }
        var finished = FinishedTrials(journal: writer.journal, task: "t", ordinal: 0)
        #expect(try finished.trials(ofSample: "s", at: 0).count == 1100)
        try await writer.close()
    }
}
