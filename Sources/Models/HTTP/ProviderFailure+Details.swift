import JSON

extension ProviderFailure {
    /// What a body says about a failure, in whichever of the usual shapes.
    struct Details {
        /// More of a message is never looked at.
        private static let longestMessage = 8_000

        /// The kinds of failures in providers' words, and the status that each stands for.
        private static let kinds = [
            "invalid_request_error": 400, "authentication_error": 401, "billing_error": 402, "permission_error": 403,
            "not_found_error": 404, "request_too_large": 413, "rate_limit_error": 429, "api_error": 500,
            "timeout_error": 504, "overloaded_error": 529,
            "INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403,
            "NOT_FOUND": 404, "RESOURCE_EXHAUSTED": 429, "INTERNAL": 500, "UNAVAILABLE": 503,
            "DEADLINE_EXCEEDED": 504,
            "context_length_exceeded": 400, "content_filter": 400, "invalid_prompt": 400, "rate_limit_exceeded": 429,
            "server_error": 500,
        ]

        var message = ""
        var code: String?
        var type: String?
        /// The status that the failure would have had as a response, where the provider names its kind.
        var kind: Int?
        /// Whether the provider says, under whatever status, that the key is wrong.
        var isAboutTheKey = false
        /// How long to wait, where the body says it.
        var retryDelay: Duration?

        init(_ body: [UInt8]) {
            // A body that is not JSON is quoted as it is: proxies answer in HTML or plain text.
            if let value = try? JSONValue.parse(bytes: body), value.objectValue != nil {
                self.init(value["error"] ?? value)
            } else {
                self.init(.string(String(decoding: body.prefix(1000), as: UTF8.self)))
            }
        }

        init(_ error: JSONValue) {
            if let text = error.stringValue {
                message = String(text.unicodeScalars.prefix(Self.longestMessage))
                return
            }
            let spoken = error["message"] ?? error["detail"] ?? error["error"]
            let text = spoken?.stringValue ?? (spoken ?? error).text()
            message = String(text.unicodeScalars.prefix(Self.longestMessage))
            code = error["code"]?.stringValue ?? error["code"]?.intValue.map { String($0) }
            type = error["type"]?.stringValue
            kind = [type, error["status"]?.stringValue, code].lazy.compactMap { $0.flatMap { Self.kinds[$0] } }.first
            for detail in error["details"]?.arrayValue ?? [] {
                if detail["reason"]?.stringValue == "API_KEY_INVALID" { isAboutTheKey = true }
                if let delay = detail["retryDelay"]?.stringValue { retryDelay = RetryAfter.delay(delay) }
            }
        }
    }
}
