import Evaluation
import GageConfiguration
import JSON

/// Makes samples of a data set's records.
struct SampleMaker {
    /// What became of a record.
    enum Result {
        case sample(Sample)
        case dropped(reason: String)
        /// It should have become a sample and cannot; the stub carries its name and fields.
        case broken(Sample, EvaluationError)
    }

    let dataset: PlannedDataset

    private var preprocessor: any Preprocessor { dataset.preprocessor ?? PlainRecordPreprocessor() }

    /// Whether every record becomes a sample, a broken one at worst, so that samples can be counted without being made.
    var keepsEveryRecord: Bool { preprocessor.keepsEveryRecord }

    /// Makes a sample; throws only what concerns every record, which is a configuration that cannot work.
    func make(from record: DatasetRecord) async throws -> Result {
        var record = record
        if !dataset.defaultFields.isEmpty { record.fields = dataset.defaultFields.merging(record.fields) }
        do {
            switch try await preprocessor.process(record) {
            case .dropped(let reason): return .dropped(reason: reason)
            case .sample(let sample):
                // SQLite and file names end at such a byte, so two names could become one.
                guard !sample.id.isEmpty, !sample.id.utf8.contains(0) else {
                    throw EvaluationError(.dataMalformed, "a sample's name cannot be used", cause: .task)
                }
                return .sample(sample)
            }
        } catch let error as EvaluationError where error.cause == .configuration {
            throw error
        } catch {
            let known =
                error as? EvaluationError
                ?? EvaluationError(.dataMalformed, "the record cannot be read", cause: .task, underlying: error)
            return .broken(stub(of: record), Self.placed(known, at: record.origin))
        }
    }

    private func stub(of record: DatasetRecord) -> Sample {
        let name = record.fields["id"]?.stringValue ?? record.fields["id"]?.intValue.map(String.init)
        let usable = name.flatMap { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }
        var sample = Sample(id: usable ?? record.origin)
        sample.extras = record.fields
        sample.extras["id"] = nil
        return sample
    }

    private static func placed(_ error: EvaluationError, at origin: String) -> EvaluationError {
        var error = error
        if !error.message.contains(origin) { error.message = "\(origin): \(error.message)" }
        return error
    }
}

/// What reads records where the configuration names no preprocessor: they are samples already.
struct PlainRecordPreprocessor: Preprocessor {
    var keepsEveryRecord: Bool { true }

    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        var fields = record.fields
        if fields["id"] == nil { fields["id"] = .string(record.origin) }
        return .sample(try Sample(json: fields))
    }
}
