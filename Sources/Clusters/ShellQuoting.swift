/// Writes words so that a POSIX shell reads them back as they are.
enum ShellQuoting {
    /// A word in single quotes, whatever is in it.
    static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
}
