import Evaluation
import JSON

/// One task of SWE-bench Pro: an issue in a repository, and what its judge needs.
struct Instance: Sendable, Hashable {
    /// Its name; holds the fix's commit, so agents never see it.
    var id: String
    /// The repository as `owner/name`, case kept.
    var repository: String
    /// The commit that the agent starts from.
    var baseCommit: String
    /// The programming language, as the data set calls it.
    var language: String?
    /// The text.
    var problemStatement: String
    /// What a solution must do besides; may be empty.
    var requirements: String
    /// Names that hidden tests call; may be empty.
    var interface: String
    /// Tests that fail before the fix and must pass after it.
    var failToPass: [String]
    /// Tests that must go on passing.
    var passToPass: [String]
    /// What the test script is called with.
    var selectedTests: [String]
    /// Shell lines; the judge runs the last one, which brings the hidden tests in.
    var beforeRepoSetCommand: String
    /// The fix.
    var goldPatch: String
    /// The hidden tests as a patch.
    var testPatch: String
    /// The image's tag, where the data set names it.
    var imageTag: String?
    /// The whole image name, where the data set names it (second edition).
    var imageName: String?
    /// What kind of change it is.
    var categories: [String]

    /// The command that brings the hidden tests in: the last line that is not empty.
    var testCheckoutCommand: String {
        let lines = beforeRepoSetCommand.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces() }
        return lines.last { !$0.isEmpty } ?? ""
    }

    /// The commits that only the fix's history holds: the one in the instance's name and those in its commands.
    var fixCommits: [String] {
        let texts = [id, beforeRepoSetCommand]
        var commits: [String] = []
        for text in texts {
            for word in text.split(whereSeparator: { !$0.isHexDigit }) where word.count == 40 {
                let commit = word.lowercased()
                if commit != baseCommit.lowercased(), !commits.contains(commit) { commits.append(commit) }
            }
        }
        return commits
    }
}

extension StringProtocol {
    /// The text without blanks at both ends.
    func trimmingSpaces() -> String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
