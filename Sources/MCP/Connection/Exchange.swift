import Evaluation
import JSON

/// One request and its answer.
struct Exchange: Sendable {
    let channel: any MessageChannel
    let timeout: Duration
    var onProgress: (@Sendable (Correspondence.Progress) -> Void)?
    /// Whether the server is told when the answer is no longer awaited; not for the first request of a session.
    var tellsOfCancellation = false

    /// The longest time that telling a server of a cancellation may take.
    private static let farewell = Duration.seconds(1)

    private enum Event: Sendable {
        case sent
        case answered(JSONValue)
        case failed(any Error)
        case expired
    }

    /// Asks, and waits for the answer until the time is up.
    func ask(_ method: String, _ params: JSONObject) async throws -> JSONValue {
        let correspondence = channel.correspondence
        let id = correspondence.begin(onProgress: onProgress)
        defer { correspondence.end(id) }
        var params = params
        if onProgress != nil {
            var meta = params["_meta"]?.objectValue ?? [:]
            meta["progressToken"] = .int(Int64(id))
            params["_meta"] = .object(meta)
        }
        let message = RPCMessage.request(id: .int(Int64(id)), method: method, params: params)
        do {
            return try await answer(to: message, id)
        } catch {
            let isGivenUp = error is CancellationError || (error as? MCPFailure)?.kind == .timeout
            if isGivenUp, tellsOfCancellation { await tellOfCancellation(id, because: error) }
            throw error
        }
    }

    private func answer(to message: RPCMessage, _ id: Int) async throws -> JSONValue {
        let result = await withTaskGroup(of: Event.self) { group -> Result<JSONValue, any Error> in
            group.addTask {
                do { try await channel.send(message, asking: id) } catch { return .failed(error) }
                return .sent
            }
            group.addTask {
                do { return .answered(try await channel.correspondence.reply(to: id)) } catch { return .failed(error) }
            }
            group.addTask {
                // A cancelled sleep means that the answer came first, or that nobody waits any more.
                do { try await Task.sleep(for: timeout) } catch { return .failed(error) }
                return .expired
            }
            defer { group.cancelAll() }
            var isSent = false
            var answer: JSONValue?
            for await event in group {
                switch event {
                case .sent: isSent = true
                case .answered(let value): answer = value
                case .failed(let error): if answer == nil { return .failure(error) } else { isSent = true }
                case .expired: if answer == nil { return .failure(expiry) } else { isSent = true }
                }
                // A stream of its own is read to its end, so that its connection can be used again.
                if let answer, isSent || !channel.answersComeWithRequests { return .success(answer) }
            }
            return .failure(expiry)
        }
        // What fails because the caller was cancelled has not failed otherwise.
        if case .failure = result, Task.isCancelled { throw CancellationError() }
        return try result.get()
    }

    private var expiry: MCPFailure {
        MCPFailure(
            .timeout, "it did not answer within \(timeout.readable)\(channel.correspondence.explanation)",
            advice: "give it more time with the client's 'timeout_s'")
    }

    private func tellOfCancellation(_ id: Int, because error: any Error) async {
        let reason = error is CancellationError ? "the caller gave up" : "the time is up"
        let params: JSONObject = ["requestId": .int(Int64(id)), "reason": .string(reason)]
        let channel = channel
        await Task.shielded {
            // A server that does not hear this finds out when its answer is not taken.
            try? await MCPConnection.within(Self.farewell, of: channel.correspondence) {
                try await channel.send(.notification(method: "notifications/cancelled", params: params), asking: nil)
            }
        }
    }
}
