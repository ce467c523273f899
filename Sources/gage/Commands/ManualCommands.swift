import ArgumentParser
import Evaluation
import Glibc
import JSON

/// `gage completions`: the program's completions for a shell.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print completions for a shell: bash, zsh or fish.",
        discussion: """
            bash: gage completions bash > ~/.local/share/bash-completion/completions/gage
            zsh: gage completions zsh > "${fpath[1]}/_gage"
            fish: gage completions fish > ~/.config/fish/completions/gage.fish
            """)

    /// A shell that completions are made for.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash
        case zsh
        case fish
    }

    @Argument(help: "The shell.")
    var shell: Shell

    func run() throws {
        let shell: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        Output.write(Gage.completionScript(for: shell), to: STDOUT_FILENO)
    }
}

/// `gage manual`: the program's manual page.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page of gage, in mdoc.",
        discussion: """
            gage manual > gage.1 && man ./gage.1

            The page's date is $SOURCE_DATE_EPOCH's where that is set, so that it can be made again byte for byte.
            """)

    func run() throws {
        let dump: JSONValue
        do {
            dump = try JSONValue.parse(Gage._dumpHelp())
        } catch {
            throw EvaluationError(.unexpected, "the commands cannot be described", cause: .gage, underlying: error)
        }
        let page = ManualPage(root: dump["command"] ?? [:], version: Gage.version, date: Self.date())
        Output.write(page.text, to: STDOUT_FILENO)
    }

    private static func date() -> String {
        var seconds = ProcessEnvironment.variables()["SOURCE_DATE_EPOCH"].flatMap { time_t($0) } ?? time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(months[Int(parts.tm_mon) % months.count]) \(parts.tm_mday), \(1900 + parts.tm_year)"
    }
}
