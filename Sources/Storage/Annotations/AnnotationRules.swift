import Evaluation

/// What an annotation must be like before it goes into a journal.
enum AnnotationRules {
    /// The most bytes of a note or a reason.
    static let textLimit = 64 << 10
    /// The most bytes of a tag or a name.
    static let nameLimit = 200

    static func check(_ annotation: Annotation) throws(EvaluationError) {
        try checkText(annotation.author, "the author", limit: nameLimit)
        if let reason = annotation.reason { try checkText(reason, "the reason", limit: textLimit) }
        switch annotation.kind {
        case .tag, .untag:
            try checkText(annotation.text ?? "", "the tag", limit: nameLimit)
            guard annotation.text?.contains(where: \.isNewline) == false else {
                throw StorageFailure.request("a tag is one line")
            }
        case .note: try checkText(annotation.text ?? "", "the note", limit: textLimit)
        case .verdict:
            guard annotation.amendment != nil else { throw StorageFailure.request("this is no verdict") }
            guard annotation.reason != nil else {
                throw StorageFailure.request("a verdict needs a reason", advice: "say why in a sentence")
            }
        }
    }

    private static func checkText(_ text: String, _ what: String, limit: Int) throws(EvaluationError) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw StorageFailure.request("\(what) is empty") }
        guard text.utf8.count <= limit else {
            throw StorageFailure.request("\(what) is longer than \(limit) bytes")
        }
    }
}
