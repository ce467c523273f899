import Evaluation

/// Why a page cannot be shown.
struct ViewerProblem: Error, Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// What is wrong, in a sentence.
    var message: String
    /// What to do about it.
    var advice: String?

    init(_ status: Int, _ message: String, advice: String? = nil) {
        self.status = status
        self.message = message
        self.advice = advice
    }

    static func notFound(_ what: String) -> Self {
        Self(404, what, advice: "The list of runs has a link to everything.")
    }

    init(_ error: EvaluationError) {
        self.init(error.cause == .configuration ? 400 : 500, error.message, advice: error.advice)
    }
}
