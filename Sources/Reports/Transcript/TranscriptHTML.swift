/// Lays a transcript out as HTML: markup without scripts, without inline styles, every text escaped.
///
/// The look is ``TranscriptStyle``'s. Messages have anchors (`#m12`), calls of tools fold (`details`), findings link to the
/// messages that they are about.
public struct TranscriptHTML: Sendable {
    /// How a transcript is laid out.
    public struct Options: Sendable, Hashable {
        /// What stands before every anchor, so that several transcripts can share a page: `e3-` gives `#e3-m12`.
        public var prefix: String
        /// The level of the transcript's own headings, 2 to 6.
        public var headingLevel: Int
        /// Whether calls of tools are unfolded.
        public var opensCalls: Bool
        /// Whether messages can be linked to; off where nobody could follow a link, such as among many on one page.
        public var linksMessages: Bool
        /// Whether what the judges said is there whole, and what the sample says about itself.
        public var includesEvidence: Bool

        /// Sets how a transcript is laid out.
        public init(
            prefix: String = "", headingLevel: Int = 2, opensCalls: Bool = false, linksMessages: Bool = true
        ) {
            self.prefix = prefix
            self.headingLevel = min(6, max(2, headingLevel))
            self.opensCalls = opensCalls
            self.linksMessages = linksMessages
            includesEvidence = true
        }
    }

    let view: TranscriptView
    let options: Options

    /// Lays a transcript out.
    public init(_ view: TranscriptView, options: Options = Options()) {
        self.view = view
        self.options = options
    }

    /// The whole transcript as one `article`.
    public static func fragment(_ view: TranscriptView, options: Options = Options()) -> String {
        TranscriptHTML(view, options: options).article.text
    }

    /// The whole transcript: why it ended as it did, scores, checks, what was left, the messages, the evidence.
    public var article: HTML {
        var parts: HTML = "\(reasons)\(facts)\(findings)\(worldChanges)\(patches)"
        parts += messages
        if options.includesEvidence { parts += evidence }
        return "<article class=\"transcript\">\(parts)</article>"
    }

    /// A heading of the transcript's level.
    func heading(_ text: String) -> HTML {
        let level = String(options.headingLevel)
        return "<h\(level)>\(text)</h\(level)>"
    }

    /// The anchor of a message.
    func anchor(_ index: Int) -> String { "\(options.prefix)m\(index)" }

    /// A text as what it is: words, JSON, or a patch.
    func content(_ content: TranscriptContent) -> HTML {
        let omitted: HTML =
            content.omitted > 0
            ? "<p class=\"omitted\">\(NumberText.count(content.omitted)) more bytes are left out here.</p>" : ""
        switch content.shape {
        case .plain: return "<div class=\"text\">\(content.text)</div>\(omitted)"
        case .json: return "<pre class=\"data\">\(content.text)</pre>\(omitted)"
        case .diff(let diff): return "\(Self.diff(diff))\(omitted)"
        }
    }

    /// A patch, line by line.
    static func diff(_ diff: UnifiedDiff) -> HTML {
        let lines = diff.lines.map { line -> HTML in
            switch line.kind {
            case .added: "<ins>\(line.text)</ins>\n"
            case .removed: "<del>\(line.text)</del>\n"
            case .hunk: "<span class=\"hunk\">\(line.text)</span>\n"
            case .file: "<span class=\"file\">\(line.text)</span>\n"
            case .context: "\(line.text)\n"
            }
        }
        return "<pre class=\"diff\">\(lines)</pre>"
    }
}
