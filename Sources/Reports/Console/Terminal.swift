import Glibc

/// What the place that text goes to can show.
public struct Terminal: Sendable {
    /// Whether a person is looking: the stream is a terminal.
    public var isInteractive: Bool
    /// Whether colours are wanted: a terminal, `NO_COLOR` unset, `TERM` not `dumb`.
    public var usesColor: Bool
    /// How many characters fit into a line.
    public var width: Int

    /// Narrower than this nothing is laid out.
    private static let narrowest = 20

    /// Describes a place by hand, for tests and files.
    public init(isInteractive: Bool = false, usesColor: Bool = false, width: Int = 100) {
        self.isInteractive = isInteractive
        self.usesColor = usesColor
        self.width = width
    }

    /// Looks at a file descriptor; `environment` decides about colours as `NO_COLOR` and `TERM` say.
    public init(descriptor: Int32, environment: [String: String]) {
        isInteractive = isatty(descriptor) == 1
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        usesColor = isInteractive && !refused && environment["TERM"] != "dumb"
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            width = max(Self.narrowest, Int(size.ws_col))
        } else {
            width = environment["COLUMNS"].flatMap { Int($0) }.map { max(Self.narrowest, $0) } ?? 100
        }
    }

    /// A text in a style, or the bare text where colours are not wanted.
    public func styled(_ text: String, _ style: Style) -> String {
        usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// How a text is shown.
    public enum Style: String, Sendable {
        /// Heavier.
        case bold = "1"
        /// Fainter.
        case dim = "2"
        /// Something failed.
        case red = "31"
        /// Something went well.
        case green = "32"
        /// Something to look at.
        case yellow = "33"
        /// A name.
        case cyan = "36"
    }
}
