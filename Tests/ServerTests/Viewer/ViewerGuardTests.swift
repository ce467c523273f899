import Server
import Testing
import Transport

@Suite("Who may look at the viewer")
struct ViewerGuardTests {
    private func viewer(_ body: (ViewerHarness) async throws -> Void) async throws {
        try await ViewerHarness.run({ try await ViewedRun.make("one", in: $0, [ViewedRun.episode("s0")]) }, body)
    }

    @Test("without the token nothing is shown but the style and the script")
    func noToken() async throws {
        try await viewer { viewer in
            for path in [
                "/", "/run/one", "/run/one/episode/shop/s0/0", "/api/runs", "/events/one", "/compare?a=one&b=one",
            ] {
                let answer = try await viewer.get(path, withCookie: false)
                #expect(answer.status == 401, "\(path)")
                #expect(!answer.text.contains("All done"))
            }
            #expect(try await viewer.get("/?token=guess", withCookie: false).status == 401)
            let almost = [HTTPHeader(name: "Cookie", value: viewer.cookie + "0")]
            #expect(try await viewer.get("/", headers: almost, withCookie: false).status == 401)
            let page = try await viewer.get("/").text
            let link = page.firstMatch(of: /href="(\/assets\/[^"]+\.css)"/)
            let style = try #require(link?.1)
            #expect(try await viewer.get(String(style), withCookie: false).status == 200)
        }
    }

    @Test("the token becomes a strict cookie that scripts cannot read, and leaves the address")
    func cookie() async throws {
        try await viewer { viewer in
            let answer = try await viewer.get("/run/one?token=\(viewer.token)&where=failed", withCookie: false)
            #expect(answer.status == 200)
            let field = try #require(answer.header("Set-Cookie"))
            #expect(field.contains("HttpOnly") && field.contains("SameSite=Strict") && field.contains("Path=/"))
            #expect(answer.text.contains("url=/run/one?where=failed"))
            #expect(!answer.text.contains(viewer.token))
            #expect(try await viewer.get("/run/one").status == 200)
        }
    }

    @Test("the token leads to our own paths only", arguments: ["//evil.example/", "/%2F%2Fevil.example"])
    func noOpenRedirect(_ path: String) async throws {
        try await viewer { viewer in
            let answer = try await viewer.get(path + "?token=\(viewer.token)", withCookie: false)
            #expect(!answer.text.contains("url=//"))
        }
    }

    @Test(
        "only this machine's names are answered",
        arguments: [
            ("evil.example", 421), ("evil.example:80", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil", 421),
            ("localhost", 200), ("LOCALHOST:9000", 200), ("127.0.0.1:1", 200), ("[::1]:8321", 200),
        ])
    func hosts(_ host: String, _ status: Int) async throws {
        try await viewer { viewer in
            let answer = try await viewer.get("/", headers: [HTTPHeader(name: "Host", value: host)])
            #expect(answer.status == status)
        }
    }

    @Test("every answer has the security headers")
    func headers() async throws {
        try await viewer { viewer in
            for path in ["/", "/nowhere", "/run/one", "/run/none", "/api/runs"] {
                let answer = try await viewer.get(path)
                let policy = try #require(answer.header("Content-Security-Policy"))
                #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"))
                #expect(!policy.contains("unsafe"))
                #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
                #expect(answer.header("X-Content-Type-Options") == "nosniff")
                #expect(answer.header("Referrer-Policy") == "same-origin")
                #expect(answer.header("Cache-Control") == "no-store")
            }
        }
    }

    @Test("pages of other sites can send nothing, and neither can forms without our key")
    func forms() async throws {
        try await viewer { viewer in
            let path = "/run/one/episode/shop/s0/0"
            let page = try await viewer.get(path)
            let field = page.text.firstMatch(of: /name="form" value="([0-9a-f]+)"/)
            let key = try #require(field?.1)
            let form = "form=\(key)&kind=tag&value=odd&author=ada"
            for (name, value) in [("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site")] {
                let answer = try await viewer.post(path, form, headers: [HTTPHeader(name: name, value: value)])
                #expect(answer.status == 403)
            }
            #expect(try await viewer.post(path, "form=wrong&kind=tag&value=odd&author=ada").status == 403)
            #expect(try await viewer.post(path, String(repeating: "x", count: 100_000)).status == 413)
            #expect(try await viewer.get(path).text.contains("What people said") == false)
            #expect(try await viewer.post(path, form).status == 303)
            #expect(try await viewer.get(path).text.contains("What people said"))
        }
    }
}
