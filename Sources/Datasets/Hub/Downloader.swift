import Evaluation
import Transport

/// Fetches files so that a file is either there, whole and right, or not there.
///
/// Bytes gather in a `.part` file. A download that broke off goes on where it stopped, in this process or a later one,
/// as long as the server says that the file is still the same. A second process waits for the first.
struct Downloader: Sendable {
    let session: HubSession

    /// The file is not the one that was asked for; worth one attempt from the start where bytes of two attempts were joined.
    private struct WrongContent: Error {
        var message: String
        var wasJoined: Bool
    }

    /// Fetches the file unless it is there already and right.
    func download(_ request: DownloadRequest) async throws {
        let lock = try await FileLock.take(request.destination + ".lock", pause: session.pace.sleep)
        defer { lock.release() }
        if try isThere(request) { return }
        try session.requireNetwork(for: request.subject)
        let part = PartialFile(of: request.destination)
        do {
            try await fetch(request, part)
        } catch let wrong as WrongContent where wrong.wasJoined {
            part.discard()
            do {
                try await fetch(request, part)
            } catch let wrong as WrongContent {
                throw self.error(wrong, request, part)
            }
        } catch let wrong as WrongContent {
            throw self.error(wrong, request, part)
        }
        try part.complete(as: request.destination)
    }

    /// Whether the file is there; one whose content is not known to be right is fetched again.
    private func isThere(_ request: DownloadRequest) throws(EvaluationError) -> Bool {
        guard let size = DatasetFiles.size(request.destination) else { return false }
        if let wanted = request.size, wanted != size { return false }
        if let wanted = request.sha256 { return try DatasetFiles.digest(request.destination).sha256 == wanted }
        return request.size != nil || request.isImmutable
    }

    private func error(_ wrong: WrongContent, _ request: DownloadRequest, _ part: PartialFile) -> EvaluationError {
        part.discard()
        return EvaluationError(
            .dataMalformed, "\(request.subject.what): \(wrong.message)", cause: .provider, retry: .worthwhile,
            advice: "nothing was kept; try again, and if it happens again the server or a proxy changes the file")
    }

    /// Gets the bytes, going on after interruptions, and checks them.
    private func fetch(_ request: DownloadRequest, _ part: PartialFile) async throws {
        var failures = 0
        var pieces = part.begun(request.url) == nil ? 0 : 1
        while true {
            let before = DatasetFiles.size(part.path) ?? 0
            do {
                if part.begun(request.url).map({ $0.count == request.size }) != true {
                    try await transfer(request, part)
                    pieces += 1
                }
                break
            } catch let error as EvaluationError {
                try Task.checkCancellation()
                // A transfer that got on is a new beginning: only failures in a row count.
                if (DatasetFiles.size(part.path) ?? 0) > before { failures = 0 }
                guard let delay = session.pace.delay(beforeRetry: failures, after: error.retry) else { throw error }
                if part.begun(request.url) != nil { pieces += 1 }
                try await session.pace.sleep(delay)
                failures += 1
            }
        }
        try check(request, part, wasJoined: pieces > 1)
    }

    private func check(_ request: DownloadRequest, _ part: PartialFile, wasJoined: Bool) throws {
        let digest = try DatasetFiles.digest(part.path)
        if let size = request.size, size != digest.size {
            throw WrongContent(message: "\(digest.size) bytes came, not \(size)", wasJoined: wasJoined)
        }
        if let wanted = request.sha256, wanted != digest.sha256 {
            throw WrongContent(
                message: "the content has the checksum \(digest.sha256.prefix(16))…, not \(wanted.prefix(16))…",
                wasJoined: wasJoined)
        }
    }

    /// One request, with its redirects, for what is still missing.
    private func transfer(_ request: DownloadRequest, _ part: PartialFile) async throws {
        let begun = part.begun(request.url)
        var place = request.url
        var tag: String?
        for _ in 0...HubSession.mostRedirects {
            var hop = session.request(place)
            hop.maximumResponseBytes = request.limit
            if let begun { hop.headers.append(HTTPHeader(name: "Range", value: "bytes=\(begun.count)-")) }
            do {
                let stream = try await session.http.stream(hop)
                // The Hub's own tag outlives the address of the storage that it redirects to.
                tag = stream.headers["X-Linked-Etag"] ?? tag
                if let next = HubSession.redirect(stream.status, stream.headers, from: place) {
                    place = next
                    continue
                }
                let receiver = DownloadReceiver(request: request, part: part, tag: tag ?? stream.headers["ETag"])
                return try await receiver.receive(stream, after: begun, failure: session.failure(request.subject))
            } catch let error as HTTPError {
                try Task.checkCancellation()
                throw HubFailure.unreachable(request.subject, error)
            }
        }
        throw EvaluationError(
            .providerFailed, "\(request.subject.what): the server redirects without end", cause: .provider)
    }
}
