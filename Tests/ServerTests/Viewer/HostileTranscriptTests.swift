import Evaluation
import JSON
import Server
import Testing
import Transport

@Suite("Hostile transcripts")
struct HostileTranscriptTests {
    /// Texts that would be markup or script if anything forgot to escape them.
    static let texts = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>",
        "</title></textarea></style></script><script>alert(1)</script>", "javascript:alert(1)",
        "[click](javascript:alert(1))", "<a href=\"javascript:alert(1)\">x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "{{constructor.constructor('alert(1)')()}}",
        "\u{202E}txt.exe\u{2066}", "nul\u{0}nul \u{1B}[31mred\u{7}", "&lt;already&gt; &amp;", "\u{FEFF}\u{200B}zero",
        "<base href=//evil.example>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "%3Cscript%3Ealert(1)%3C/script%3E", "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)",
    ]

    static func episodes() -> [EpisodeRecord] {
        texts.enumerated().map { number, text in
            ViewedRun.episode(
                "\(number) \(text)", text, task: "task \(text)", score: 0,
                tool: (
                    text, [text: .string(text), "nested": ["deep": .string(text)]],
                    "{\"\(number)\": \"result\"} \(text)"
                ))
        } + [
            ViewedRun.episode("..", "dots"), ViewedRun.episode("a/b/../c", "slashes"), ViewedRun.episode("~x", "mark"),
            ViewedRun.episode("huge", String(repeating: "<b>huge</b> ", count: 300_000)),
            ViewedRun.episode(
                "error", "",
                outcome: .errored(
                    EvaluationError(.providerFailed, "<script>alert('error')</script>", cause: .provider))),
            ViewedRun.episode("reason", "", outcome: .unscorable(reason: "<script>alert('reason')</script>")),
            ViewedRun.episode("broken", String(decoding: [0x66, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80], as: UTF8.self)),
        ]
    }

    /// Elements that a page may have; nothing of a transcript makes others.
    private static let elements: Set<String> = [
        "html", "head", "meta", "title", "link", "script", "noscript", "body", "a", "header", "nav", "ol", "li", "ul",
        "button", "main", "h1", "h2", "h3", "h4", "p", "span", "div", "section", "article", "details", "summary",
        "form",
        "label", "input", "select", "option", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "code",
        "pre",
        "kbd", "dialog", "time", "svg", "rect", "strong", "ins", "del", "img", "i", "em", "b",
    ]

    /// What is wrong with a page's markup.
    static func problems(_ page: String) -> [String] {
        var problems: [String] = []
        for match in page.matches(of: /<([a-zA-Z!\/][^\s>\/]*)([^>]*)>/) {
            let name = match.1.lowercased().drop { $0 == "/" }
            if name == "!doctype" || name.isEmpty { continue }
            if !elements.contains(String(name)) { problems.append("element \(match.0.prefix(80))") }
            if name == "b" || name == "base" || name == "iframe" { problems.append("element \(match.0.prefix(80))") }
            // An attribute's name stands behind a blank or a quote, never inside one: quotes in values are escaped.
            let attributes = String(match.2).replacing(/"[^"]*"/, with: "\"\"")
            // Ours all have their values in double quotes.
            if attributes.contains(/=[^"]/) { problems.append("attribute \(match.0.prefix(120))") }
            if attributes.contains(/[\s\/]on[a-z]+\s*=/) { problems.append("handler \(match.0.prefix(120))") }
            if attributes.contains("style=") { problems.append("style \(match.0.prefix(120))") }
        }
        for match in page.matches(of: /(?:href|src|action|formaction)="([^"]*)"/) {
            let target = String(match.1)
            let isOwn =
                target.hasPrefix("/") && !target.hasPrefix("//") || target.hasPrefix("#") || target.hasPrefix("data:")
            if !isOwn { problems.append("link \(target.prefix(80))") }
        }
        let scripts = page.matches(of: /<script[^>]*>/).map { String($0.0) }
        if scripts.contains(where: { !$0.contains("src=\"/assets/viewer-") }) || scripts.count > 1 {
            problems.append("scripts \(scripts)")
        }
        for scalar in page.unicodeScalars where isHidden(scalar) {
            problems.append("U+\(String(scalar.value, radix: 16))")
        }
        return problems
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<9, 11..<32, 0x7F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    @Test("nothing in a transcript becomes markup, script or a link, on any page")
    func pages() async throws {
        let episodes = Self.episodes()
        try await ViewerHarness.run({ directory in
            try await ViewedRun.make("hostile", in: directory, episodes)
            try await ViewedRun.make("other", in: directory, episodes)
        }) { viewer in
            var paths = ["/", "/run/hostile", "/run/hostile?page=last", "/compare?a=hostile&b=other&show=all"]
            // Every link that the lists have is followed, so that ids of any kind lead to their pages.
            let links = try await viewer.get("/run/hostile").text.matches(of: /class="row" href="([^"]+)"/).map {
                String($0.1)
            }
            #expect(links.count == episodes.count)
            paths += links
            paths += try await viewer.get("/compare?a=hostile&b=other&show=all").text
                .matches(of: /class="row" href="([^"]+)"/).prefix(4).map { String($0.1).replacing("&amp;", with: "&") }
            for path in paths {
                let answer = try await viewer.get(path)
                #expect(answer.status == 200, "\(path)")
                #expect(Self.problems(answer.text).isEmpty, "\(path)")
            }
        }
    }

    @Test("what is typed into forms comes back as text", arguments: texts)
    func queries(_ text: String) async throws {
        let encoded = text.utf8.map { "%" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined()
        try await ViewerHarness.run({ try await ViewedRun.make("one", in: $0, [ViewedRun.episode("s0")]) }) { viewer in
            for path in [
                "/?q=\(encoded)", "/?status=\(encoded)&sort=\(encoded)", "/run/one?q=\(encoded)&where=\(encoded)",
                "/run/one?after=\(encoded)&sort=\(encoded)", "/run/\(encoded)", "/run/one/episode/\(encoded)/s0/0",
                "/run/one/episode/shop/s0/0?q=\(encoded)&where=\(encoded)", "/compare?a=\(encoded)&b=one",
                "/?token=\(encoded)",
            ] {
                let answer = try await viewer.get(path)
                #expect(answer.status < 500, "\(path)")
                #expect(Self.problems(answer.text).isEmpty, "\(path)")
            }
        }
    }

    @Test("the check finds markup that was not escaped")
    func check() {
        for text in Self.texts where text.contains("<") && !text.hasPrefix("<!--") && !text.hasPrefix("%") {
            #expect(!Self.problems("<p>\(text)</p>").isEmpty, "\(text)")
        }
    }

    @Test("addresses that cannot be read are refused", arguments: ["/run/%zz", "/run/%ff", "/run/%", "/run/%2"])
    func addresses(_ path: String) async throws {
        try await ViewerHarness.run({ _ in }) { viewer in
            let answer = try await viewer.get(path)
            #expect(answer.status == 400)
        }
    }
}
