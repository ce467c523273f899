import Reports

/// What every page of the viewer has around its content.
struct PageFrame: Sendable {
    /// A step of the way from the list of runs to the page.
    struct Step: Sendable {
        var title: String
        var link: String?
    }

    var title: String
    var steps: [Step] = []
    var content: HTML
    /// Where the page's changes are told, for pages that change while they are looked at.
    var events: String?
    /// Words to mark in transcripts.
    var search: String?
    /// Seconds after which browsers without script load the page again.
    var reload: Int?

    var html: HTML {
        let refresh: HTML? = reload.map {
            "<noscript><meta http-equiv=\"refresh\" content=\"\($0)\"></noscript>"
        }
        let events: HTML? = events.map { " data-events=\"\($0)\"" }
        let search: HTML? = search.map { " data-search=\"\($0)\"" }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) · gage</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="\(ViewerAssets.style.path)">
            <script src="\(ViewerAssets.script.path)" defer></script>
            \(refresh)</head>
            <body\(events)\(search)>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="top"><nav aria-label="Where you are"><ol>\(trail)</ol></nav>\
            <button type="button" id="help" class="quiet" aria-keyshortcuts="?" hidden>Keys</button></header>
            <main id="main">
            \(content)
            </main>
            \(keys)
            </body>
            </html>

            """
    }

    private var trail: [HTML] {
        let home: HTML = "<li><a href=\"/\" class=\"home\">gage</a></li>"
        return [home]
            + steps.map { step in
                step.link.map { "<li><a href=\"\($0)\">\(step.title)</a></li>" }
                    ?? "<li aria-current=\"page\">\(step.title)</li>"
            }
    }

    /// Opened by the script; without it keys do nothing, and nobody needs to know them.
    private var keys: HTML {
        let keys = [
            ("n", "next failure"), ("p", "previous failure"), ("j", "next episode or row"),
            ("k", "previous episode or row"), ("o", "open or fold all tool calls"), ("u", "up to the list"),
            ("/", "search"), ("?", "these keys"),
        ]
        let rows = keys.map { "<div><dt><kbd>\($0.0)</kbd></dt><dd>\($0.1)</dd></div>" as HTML }
        return """
            <dialog id="keys" aria-labelledby="keys-h"><h2 id="keys-h">Keys</h2><dl>\(rows)</dl>\
            <form method="dialog"><button>Close</button></form></dialog>
            """
    }
}

/// Why there is no page.
struct ProblemPage {
    let problem: ViewerProblem

    init(_ problem: ViewerProblem) { self.problem = problem }

    var html: HTML {
        let advice: HTML? = problem.advice.map { "<p>\($0)</p>" }
        let content: HTML = """
            <div class="problem"><p class="status">\(problem.status)</p><h1>\(problem.message)</h1>\(advice)</div>
            """
        return PageFrame(title: problem.message, content: content).html
    }
}

/// Leads a browser that has just got its cookie to the page that it wanted.
struct WelcomePage {
    let target: String

    var html: HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="0; url=\(target)">
        <title>gage</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="\(ViewerAssets.style.path)">
        </head>
        <body><main class="problem"><h1>Opening</h1><p><a href="\(target)">Go on to the viewer</a></p></main></body>
        </html>

        """
    }
}
