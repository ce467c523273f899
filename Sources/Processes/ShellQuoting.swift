/// Writes words so that a POSIX shell reads them back as they are.
public enum ShellQuoting {
    /// A word in single quotes, whatever is in it.
    public static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
}
