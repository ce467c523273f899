public import Evaluation
public import GageConfiguration

extension Plan {
    /// Reads a task's data set and hands out its samples one by one, without running anything.
    ///
    /// Records that are left out are skipped. Throws ``EvaluationError`` for a data set that is not there and for a record
    /// that cannot become a sample.
    public func forEachSample(of task: PlannedTask, _ body: (Sample) async throws -> Void) async throws {
        let dataset = try await open(task.dataset)
        var reader = RecordReader(
            records: dataset.records, limit: task.dataset.recordLimit,
            shuffleSeed: task.shuffle ? task.shuffleSeed : nil)
        let maker = SampleMaker(dataset: task.dataset)
        var count = 0
        while count < task.maxSamples ?? .max, let record = try await reader.next() {
            switch try await maker.make(from: record) {
            case .dropped: continue
            case .broken(_, let error): throw error
            case .sample(let sample): try await body(sample)
            }
            count += 1
        }
    }
}
