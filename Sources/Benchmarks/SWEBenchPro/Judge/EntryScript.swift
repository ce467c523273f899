/// The script that an instance's container runs: the official sequence, with marks on disk of how far it came.
///
/// Source: spec section 2.4. No `set -e`: officially a patch that does not apply is ignored and the tests run on.
struct EntryScript: Sendable, Hashable {
    /// Lines that set the environment.
    var exports: [String]
    /// The commit that the repository is put to.
    var baseCommit: String
    /// The command that brings the hidden tests in; may be empty.
    var testCheckout: String
    /// What the test script is called with.
    var selectedTests: [String]
    /// Whether the arguments are quoted, which they officially are not.
    var quotesTests = false
    /// Whether a patch that does not apply is tried again with less care.
    var appliesLeniently = false
    /// Where the repository is.
    var repositoryRoot = "/app"

    /// The folder in the container that everything is put into and taken from.
    static let workspace = "/workspace"

    /// The script's text.
    var text: String {
        var lines = ["#!/bin/bash"] + exports
        lines += [
            "cd \(repositoryRoot)",
            "mark() { printf '%s\\n' \"$2\" > \(Self.workspace)/mark.$1; }",
            // Kept in the shell's memory, where a test cannot change it; the last byte keeps line feeds at the end.
            "parser=$(cat \(Self.workspace)/parser.py; printf x)",
            "git reset --hard \(baseCommit) > \(Self.workspace)/checkout.log 2>&1",
            "git checkout \(baseCommit) >> \(Self.workspace)/checkout.log 2>&1",
            "checked_out=$?",
            "mark checkout $checked_out",
            "git apply -v \(Self.workspace)/patch.diff > \(Self.workspace)/patch_apply.log 2>&1",
            "applied=$?",
        ]
        if appliesLeniently { lines += lenientLines }
        lines.append("mark apply $applied")
        if !testCheckout.isEmpty {
            lines += [testCheckout + " >> \(Self.workspace)/checkout.log 2>&1", "mark tests_checkout $?"]
        }
        lines += [
            "mark tests_begin 0",
            "bash \(Self.workspace)/run_script.sh \(argument)"
                + " > \(Self.workspace)/stdout.log 2> \(Self.workspace)/stderr.log",
            "mark tests $?",
            // A test must not be able to write the report itself, the parser, or how the steps before it ended.
            "rm -rf \(Self.workspace)/output.json \(Self.workspace)/parser.py"
                + " \(Self.workspace)/mark.checkout \(Self.workspace)/mark.apply",
            "printf '%s' \"${parser%x}\" > \(Self.workspace)/parser.py",
            "mark checkout $checked_out",
            "mark apply $applied",
            "interpreter=python; command -v python > /dev/null 2>&1 || interpreter=python3",
            "\"$interpreter\" \(Self.workspace)/parser.py \(Self.workspace)/stdout.log \(Self.workspace)/stderr.log"
                + " \(Self.workspace)/output.json > \(Self.workspace)/parser.log 2>&1",
            "mark parse $?",
            "exit 0",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var lenientLines: [String] {
        let patch = "\(Self.workspace)/patch.diff"
        let log = ">> \(Self.workspace)/patch_apply.log 2>&1"
        return [
            "if [ $applied -ne 0 ]; then git apply --recount --ignore-whitespace \(patch) \(log); applied=$?; fi",
            "if [ $applied -ne 0 ]; then patch -p1 --force < \(patch) \(log); applied=$?; fi",
        ]
    }

    private var argument: String {
        let joined = selectedTests.joined(separator: ",")
        guard quotesTests else { return joined }
        return "'" + joined.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
