/// One self-contained file: no script, and nothing that is loaded from anywhere.
public struct StandalonePage: Sendable {
    /// What the browser shows as the page's name.
    private let title: String
    /// Style sheets of ours, in order.
    private let sheets: [String]
    /// Whether it has images, which stand in it as data.
    private let hasImages: Bool
    /// What stands between the body's tags.
    private let body: HTML

    /// Frames a page.
    public init(title: String, sheets: [String], hasImages: Bool = false, body: HTML) {
        self.title = title
        self.sheets = sheets
        self.hasImages = hasImages
        self.body = body
    }

    /// The page.
    public var html: String {
        let policy = "default-src 'none'; style-src 'unsafe-inline'" + (hasImages ? "; img-src data:" : "")
        let page: HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(HTML(markup: policy))">
            <title>\(title)</title>
            <style>\(HTML(markup: sheets.joined(separator: "\n")))</style>
            </head>
            <body>
            \(body)
            </body>
            </html>

            """
        return page.text
    }
}
