/// What the parser accepts beyond, or refuses within, RFC 8259.
public struct JSONParsingOptions: Sendable, Hashable {
    /// What becomes of a key that an object has twice.
    public enum DuplicateKeys: Sendable, Hashable {
        /// The last value holds, at the place of the first: what Python does.
        case keepLast
        /// The first value holds.
        case keepFirst
        /// The text is refused.
        case refuse
    }

    /// What becomes of an escaped surrogate (`\ud83d`) without its other half, which no Unicode string can hold.
    public enum LoneSurrogates: Sendable, Hashable {
        /// It becomes U+FFFD, the replacement character.
        case replace
        /// The text is refused.
        case refuse
    }

    /// The deepest nesting of arrays and objects that is read, at most ``depthLimit``.
    public var maximumDepth: Int
    /// What becomes of repeated keys.
    public var duplicateKeys: DuplicateKeys
    /// Whether `NaN`, `Infinity` and `-Infinity` are read, as Python does.
    public var allowsNonFiniteNumbers: Bool
    /// What becomes of lone surrogates.
    public var loneSurrogates: LoneSurrogates

    /// The deepest nesting that can be asked for.
    ///
    /// Reading, comparing and freeing recurse; this many levels need less than 4 MB of stack even in a debug build.
    public static let depthLimit = 1024

    /// Makes options; without arguments, the defaults for data from anywhere.
    public init(
        maximumDepth: Int = 512, duplicateKeys: DuplicateKeys = .keepLast, allowsNonFiniteNumbers: Bool = false,
        loneSurrogates: LoneSurrogates = .replace
    ) {
        self.maximumDepth = maximumDepth
        self.duplicateKeys = duplicateKeys
        self.allowsNonFiniteNumbers = allowsNonFiniteNumbers
        self.loneSurrogates = loneSurrogates
    }
}
