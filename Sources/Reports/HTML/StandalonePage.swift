/// One self-contained file: no script, and nothing that is loaded from anywhere.
struct StandalonePage {
    /// What the browser shows as the page's name.
    let title: String
    /// Style sheets of ours, in order.
    let sheets: [String]
    /// Whether it has images, which stand in it as data.
    var hasImages = false
    /// What stands between the body's tags.
    let body: HTML

    var html: String {
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
