import Evaluation
import JSON

/// The parameters of `default`.
struct DefaultPreprocessorParameters: Parameters {
    var idField = "id"
    var questionField: String?
    var answerField: String?
    var choicesField = "choices"
    var systemPrompt: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("id_field", \.idField, "The field with the record's name; without it records are numbered."),
            .init(
                "question_field", \.questionField, "The field with the question; prompt, question, text, … by default."),
            .init("answer_field", \.answerField, "The field with the right answer; label, answer, target by default."),
            .init("choices_field", \.choicesField, "The field with the choices of a multiple-choice record."),
            .init("system_prompt", \.systemPrompt, "A system message above the question."),
        ]
    }
}

/// `default`: turns plain question-and-answer records into samples; records that already are samples stay as they are.
struct DefaultPreprocessor: Preprocessor {
    static let questionFields = ["prompt", "question", "instruction", "input", "text", "query", "problem"]
    static let answerFields = ["label", "answer", "target", "output", "expected_answer", "gold"]

    let parameters: DefaultPreprocessorParameters

    var keepsEveryRecord: Bool { true }

    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        var fields = record.fields
        if fields["id"] == nil {
            fields["id"] = fields[parameters.idField] ?? .string(record.origin)
        }
        if fields["messages"]?.arrayValue != nil { return .sample(try Sample(json: fields)) }
        let names = parameters.questionField.map { [$0] } ?? Self.questionFields
        guard let question = names.lazy.compactMap({ fields[$0]?.stringValue }).first else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin): the record has no question", cause: .task,
                advice: "name its field with 'question_field'; looked for: \(names.joined(separator: ", "))")
        }
        let answers = parameters.answerField.map { [$0] } ?? Self.answerFields
        let answer = answers.lazy.compactMap { fields[$0] }.first
        for name in answers { fields[name] = nil }
        var sample = try Sample(json: fields)
        sample.options = Self.options(fields[parameters.choicesField])
        sample.messages = parameters.systemPrompt.map { [.system($0)] } ?? []
        sample.messages.append(.user(Self.question(question, sample.options)))
        if let answer, !answer.isNull { setAnswer(answer, of: &sample) }
        return .sample(sample)
    }

    /// A number that points into the choices means the choice's letter.
    private func setAnswer(_ answer: JSONValue, of sample: inout Sample) {
        if let index = answer.intValue, sample.options.indices.contains(index) {
            sample.label = sample.options[index]["id"]?.stringValue
        } else if let list = answer.arrayValue {
            sample.references = list
        } else {
            sample.label = answer.stringValue ?? answer.text()
        }
        if let label = sample.label { sample.references = [["answer": .string(label)]] }
    }

    private static func options(_ value: JSONValue?) -> [JSONValue] {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return (value?.arrayValue ?? []).enumerated().map { index, choice in
            if choice["id"] != nil { return choice }
            let id = index < letters.count ? String(letters[index]) : String(index)
            return ["id": .string(id), "content": choice["content"] ?? choice]
        }
    }

    private static func question(_ text: String, _ options: [JSONValue]) -> String {
        guard !options.isEmpty else { return text }
        let lines = options.map { "\($0["id"]?.stringValue ?? ""). \(EpisodeFields.text($0["content"]) ?? "")" }
        return text + "\n\n" + lines.joined(separator: "\n")
    }
}
