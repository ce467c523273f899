import Testing
import Transport

/// A client of a test's own, away from any proxy of the environment.
func makeClient(_ change: (inout HTTPClientConfiguration) -> Void = { _ in }) -> HTTPClient {
    var configuration = HTTPClientConfiguration()
    configuration.proxy = .direct
    change(&configuration)
    return HTTPClient(configuration: configuration)
}

/// Expects that the work fails with an `HTTPError`, and returns it.
@discardableResult
func expectFailure<Value>(
    _ code: HTTPError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Value
) async -> HTTPError? {
    do {
        _ = try await work()
        Issue.record("expected \(code), got a result", sourceLocation: sourceLocation)
    } catch let error as HTTPError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("expected \(code), got \(error)", sourceLocation: sourceLocation)
    }
    return nil
}
