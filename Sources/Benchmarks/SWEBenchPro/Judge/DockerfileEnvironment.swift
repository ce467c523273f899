/// What the official judge exports before the tests: the `ENV` lines of an instance's two Dockerfiles.
enum DockerfileEnvironment {
    /// The shell lines, base first.
    ///
    /// A line is taken as it stands, as officially: `ENV LANG en_US.UTF-8` (the old form) becomes an export that does
    /// nothing, and the expected results were made that way.
    static func exports(base: String, instance: String) -> [String] {
        [base, instance].flatMap { text in
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                .filter { $0.hasPrefix("ENV ") }
                .map { "export " + $0.dropFirst("ENV ".count) }
        }
    }
}
