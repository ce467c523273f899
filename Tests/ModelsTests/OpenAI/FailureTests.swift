import Evaluation
import JSON
import Testing
import Transport

@testable import Models

@Suite struct FailureTests {
    private let failure = ProviderFailure(redactor: SecretRedactor(["sk-secret-key"]))

    private func map(_ status: Int, _ body: String, _ headers: [HTTPHeader] = []) -> EvaluationError {
        failure.error(status: status, headers: HTTPHeaders(headers), body: Array(body.utf8), now: 784_111_770)
    }

    @Test(arguments: [
        (400, "", EvaluationError.Code.providerBadRequest, Cause.provider, false),
        (401, "", .providerUnauthorized, .provider, false), (402, "", .providerUnauthorized, .provider, false),
        (403, "", .providerUnauthorized, .provider, false), (404, "", .providerBadRequest, .provider, false),
        (413, "", .providerBadRequest, .provider, false), (422, "", .providerBadRequest, .provider, false),
        (408, "", .providerTimeout, .provider, true), (409, "", .providerFailed, .provider, true),
        (425, "", .providerFailed, .provider, true), (429, "", .providerRateLimited, .provider, true),
        (500, "", .providerFailed, .provider, true), (501, "", .providerFailed, .provider, false),
        (502, "", .providerFailed, .provider, true), (503, "", .providerFailed, .provider, true),
        (504, "", .providerTimeout, .provider, true), (529, "", .providerFailed, .provider, true),
        (307, "", .providerBadRequest, .provider, false), (201, "", .providerBadRequest, .provider, false),
        (429, #"{"error":{"code":"insufficient_quota"}}"#, .providerRateLimited, .provider, false),
        (400, #"{"error":{"code":"context_length_exceeded"}}"#, .contextWindowExceeded, .model, false),
        (
            400, #"{"message":"This model's maximum context length is 4096 tokens"}"#, .contextWindowExceeded, .model,
            false
        ),
        (
            400, #"{"detail":"The decoder prompt is longer than the maximum model length of 8"}"#,
            .contextWindowExceeded, .model, false
        ),
        (413, #"{"error":"prompt is too long"}"#, .contextWindowExceeded, .model, false),
        (400, #"{"error":{"code":"content_filter","message":"x"}}"#, .modelRefused, .model, false),
    ])
    func statusesBecomeTypedErrors(
        status: Int, body: String, code: EvaluationError.Code, cause: Cause, isWorthwhile: Bool
    ) {
        let error = map(status, body)
        #expect(error.code == code)
        #expect(error.cause == cause)
        #expect(error.retry.isWorthwhile == isWorthwhile)
        #expect(error.message.contains(String(status)))
    }

    @Test(arguments: [
        (#"{"error":{"message":"no such model"}}"#, "no such model"), (#"{"error":"plain"}"#, "plain"),
        (#"{"message":"top"}"#, "top"), (#"{"detail":[{"msg":"field required"}]}"#, "field required"),
        ("upstream timed out", "upstream timed out"),
    ])
    func whatTheProviderSaysIsPassedOn(body: String, words: String) {
        #expect(map(400, body).message.contains(words))
    }

    @Test func whatTheProviderSaysIsCutAndRedacted() {
        let error = map(
            401, #"{"error":{"message":"wrong key sk-secret-key"# + String(repeating: "!", count: 5000) + #""}}"#)
        #expect(!error.description.contains("sk-secret-key"))
        #expect(error.message.contains("***"))
        #expect(error.message.utf8.count < 700)
    }

    @Test(arguments: [
        ("retry-after", "3", RetryAdvice.after(.milliseconds(3000))),
        ("Retry-After", "0.25", .after(.milliseconds(250))), ("retry-after", "-1", .worthwhile),
        ("retry-after", "soon", .worthwhile), ("retry-after", "1e12", .after(.seconds(86_400))),
        ("retry-after-ms", "40", .after(.milliseconds(40))),
        ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT", .after(.milliseconds(7000))),
        ("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT", .after(.milliseconds(7000))),
        ("retry-after", "Sun Nov  6 08:49:37 1994", .after(.milliseconds(7000))),
        ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT", .after(.zero)),
        ("x-other", "3", .worthwhile),
    ])
    func theServersWaitIsRead(name: String, value: String, advice: RetryAdvice) {
        #expect(map(429, "", [HTTPHeader(name: name, value: value)]).retry == advice)
        #expect(map(503, "", [HTTPHeader(name: name, value: value)]).retry == advice)
    }

    @Test func millisecondsWinOverSeconds() {
        let headers = [
            HTTPHeader(name: "retry-after", value: "9"), HTTPHeader(name: "retry-after-ms", value: "1500"),
        ]
        #expect(map(429, "", headers).retry == .after(.milliseconds(1500)))
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799), ("Mon, 01 Jan 2035 00:00:00 GMT", 2_051_222_400),
    ])
    func datesAreReadExactly(text: String, seconds: Double) {
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "tomorrow", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 25:00:00 GMT",
    ])
    func whatIsNoDateIsNone(text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }

    @Test(arguments: [
        (HTTPError.Code.timeoutTotal, EvaluationError.Code.providerTimeout, true),
        (.timeoutIdle, .providerTimeout, true), (.timeoutConnect, .providerTimeout, true),
        (.connectFailed, .providerUnreachable, true), (.connectionLost, .providerUnreachable, true),
        (.resolveFailed, .providerUnreachable, true), (.proxy, .providerUnreachable, true),
        (.tlsFailed, .providerUnreachable, false), (.responseTooLarge, .providerMalformedReply, false),
        (.invalidURL, .configurationInvalid, false), (.invalidRequest, .configurationInvalid, false),
        (.cancelled, .providerUnreachable, false), (.other, .providerFailed, false),
    ])
    func transportErrorsBecomeTypedErrors(code: HTTPError.Code, expected: EvaluationError.Code, isWorthwhile: Bool)
        throws
    {
        let error = failure.error(HTTPError(code, "details sk-secret-key", url: "http://x/"))
        let typed = try #require(error as? EvaluationError)
        #expect(typed.code == expected)
        #expect(typed.retry.isWorthwhile == isWorthwhile)
        #expect(!typed.description.contains("sk-secret-key"))
    }
}
