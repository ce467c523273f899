/// Why a template does not work for a user: a day without data, a tool that refuses.
///
/// The branch goes on to its next template; nothing of this reaches a caller.
struct TemplateFailure: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
