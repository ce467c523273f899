/// How a template's white space is read, and what rendering it may cost.
public struct TemplateOptions: Sendable, Hashable {
    /// Whether the first line feed after a block tag or comment is dropped.
    public var trimBlocks: Bool

    /// Whether white space from the start of a line to a block tag or comment is dropped.
    public var lstripBlocks: Bool

    /// Whether the line feed at the very end of the source is kept.
    public var keepTrailingNewline: Bool

    /// What rendering may cost.
    public var limits: TemplateLimits

    /// Makes options; the defaults are those of Jinja2.
    public init(
        trimBlocks: Bool = false, lstripBlocks: Bool = false, keepTrailingNewline: Bool = false,
        limits: TemplateLimits = .init()
    ) {
        self.trimBlocks = trimBlocks
        self.lstripBlocks = lstripBlocks
        self.keepTrailingNewline = keepTrailingNewline
        self.limits = limits
    }
}

/// What rendering a template may cost before it is stopped with an error.
public struct TemplateLimits: Sendable, Hashable {
    /// The longest text, in bytes of UTF-8, that the output or any string on the way to it may become.
    public var maximumOutputBytes: Int

    /// How many steps rendering may take.
    ///
    /// Every evaluated expression, executed statement and element looked at is a step, and so are 64 bytes of text.
    public var maximumSteps: Int

    /// How deep expressions, statements and macro calls may nest while rendering.
    ///
    /// Rendering recurses: the default takes less than half a megabyte of stack in a release build, 3 MB in a debug build.
    public var maximumDepth: Int

    /// Makes limits; the defaults allow any sensible prompt and stop a runaway within a second or so.
    public init(maximumOutputBytes: Int = 16 << 20, maximumSteps: Int = 2_000_000, maximumDepth: Int = 300) {
        self.maximumOutputBytes = maximumOutputBytes
        self.maximumSteps = maximumSteps
        self.maximumDepth = maximumDepth
    }
}
