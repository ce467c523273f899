import Testing

@testable import Transport

struct HTTPErrorTests {
    @Test(arguments: [
        ("https://api.example.com/v1/chat", "https://api.example.com/v1/chat"),
        ("https://user:secret@example.com/", "https://***@example.com/"),
        ("https://user:p@ss@example.com/a@b", "https://***@example.com/a@b"),
        ("http://user:pa#ss@example.com/", "http://***@example.com/"),
        ("http://example.com/npm/@scope/x", "http://example.com/npm/@scope/x"),
        ("https://x/y?api_key=abc&limit=10", "https://x/y?api_key=***&limit=10"),
        ("https://x/y?Key=abc&ACCESS_TOKEN=q&sig=1", "https://x/y?Key=***&ACCESS_TOKEN=***&sig=***"),
        ("https://x/y?X-Amz-Signature=abc", "https://x/y?X-Amz-Signature=***"),
        ("https://x/y?q=\(String(repeating: "a", count: 41))", "https://x/y?q=***"),
        ("https://x/y?\(String(repeating: "a", count: 41))", "https://x/y?***"),
        ("https://x/y?flag&&a=", "https://x/y?flag&&a="),
        ("https://x/y#access_token=abc", "https://x/y"),
        ("https://x/y?a=1#token", "https://x/y?a=1"),
        ("not a url", "not a url"),
        ("", ""),
    ])
    func redactsSecretsInURLs(_ url: String, _ expected: String) {
        #expect(HTTPError(.other, "", url: url).url == expected)
    }

    @Test func describesItselfInOneLine() {
        let error = HTTPError(.timeoutIdle, "nothing came", url: "https://u:p@h/")
        #expect("\(error)" == "timeoutIdle: nothing came (https://***@h/)")
        #expect("\(HTTPError(.other, "odd", url: ""))" == "other: odd")
    }
}
