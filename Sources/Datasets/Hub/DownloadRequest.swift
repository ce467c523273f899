/// A file to fetch, and what is known about it beforehand.
struct DownloadRequest: Sendable {
    /// Where it comes from.
    var url: String
    /// Where it goes.
    var destination: String
    /// What errors call it.
    var subject: HubFailure.Subject
    /// Its size, where that is known.
    var size: Int?
    /// Its SHA-256, where that is known.
    var sha256: String?
    /// Whether the address always means the same bytes, so that a file which is there is the right one.
    var isImmutable = false
    /// The most bytes that are accepted.
    var limit = 16 << 30
    /// Told how many bytes are there, and of how many where that is known.
    var onProgress: @Sendable (_ received: Int, _ total: Int?) -> Void = { _, _ in }

    init(url: String, destination: String, subject: HubFailure.Subject) {
        self.url = url
        self.destination = destination
        self.subject = subject
    }
}
