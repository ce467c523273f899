import Evaluation
import JSON

/// `preprocess: command`: a program makes samples of records.
struct ProgramPreprocessor: Preprocessor {
    private let program: Program

    init(_ settings: ProgramSettings) throws { program = try Program(settings) }

    func process(_ record: DatasetRecord) async throws -> PreprocessingResult {
        let answer = try await program.ask(
            .preprocess, ["record": .object(record.fields), "origin": .string(record.origin)])
        if let reason = answer["drop"]?.stringValue { return .dropped(reason: reason) }
        guard let sample = answer["sample"]?.objectValue else {
            throw program.failure(
                .preprocess, .programMalformedReply, "answered without a 'sample'",
                advice: "answer {\"sample\": {\"id\": …, \"messages\": […]}} or {\"drop\": \"why\"}")
        }
        return .sample(try Sample(json: sample))
    }
}
