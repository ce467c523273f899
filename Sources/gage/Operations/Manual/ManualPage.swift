import JSON

/// The manual page of the program, made of what the argument parser knows of its commands.
struct ManualPage {
    /// A command as the argument parser describes it.
    let root: JSONValue
    let version: String
    /// The page's date, as `January 5, 2026`.
    let date: String

    /// The page in mdoc.
    var text: String {
        var lines = [
            ".Dd \(date)", ".Dt GAGE 1", ".Os", ".Sh NAME", ".Nm gage", ".Nd evaluates LLM agents from a YAML file",
            ".Sh SYNOPSIS", ".Nm", ".Ar command", ".Op Ar options", ".Sh DESCRIPTION",
            ManualText.lines(
                """
                gage runs the episodes that a configuration plans, judges them by the benchmark's official rules, and leaves \
                a run directory with a journal, a summary and a report.
                """),
            ".Sh COMMANDS",
        ]
        for command in root["subcommands"]?.arrayValue ?? [] { lines += section(of: command, path: []) }
        lines += Self.closing
        lines += [".Sh VERSION", ManualText.lines("This page describes gage \(version).")]
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Commands

    private func section(of command: JSONValue, path: [String]) -> [String] {
        guard command["shouldDisplay"]?.boolValue ?? true, let name = command["commandName"]?.stringValue,
            name != "help"
        else { return [] }
        let path = path + [name]
        let arguments = (command["arguments"]?.arrayValue ?? []).filter(isShown)
        var lines = [".Ss \(ManualText.argument("gage " + path.joined(separator: " ")))"]
        for key in ["abstract", "discussion"] {
            guard let text = command[key]?.stringValue, !text.isEmpty else { continue }
            if key == "discussion" { lines.append(".Pp") }
            lines.append(ManualText.lines(text))
        }
        if !arguments.isEmpty {
            lines.append(".Bl -tag -width Ds")
            for argument in arguments { lines += item(argument) }
            lines.append(".El")
        }
        for child in command["subcommands"]?.arrayValue ?? [] { lines += section(of: child, path: path) }
        return lines
    }

    private func isShown(_ argument: JSONValue) -> Bool {
        guard argument["shouldDisplay"]?.boolValue ?? true else { return false }
        // Every command has these.
        return !["help", "version"].contains(argument.at("preferredName.name")?.stringValue ?? "")
    }

    private func item(_ argument: JSONValue) -> [String] {
        let value = argument["valueName"]?.stringValue ?? "value"
        var heading: String
        switch argument["kind"]?.stringValue {
        case "positional": heading = ".It Ar \(ManualText.argument(value))"
        case let kind:
            let names = (argument["names"]?.arrayValue ?? []).compactMap(flag)
            heading = ".It " + names.map { "Fl \($0)" }.joined(separator: " , ")
            if kind == "option" { heading += " Ar \(ManualText.argument(value))" }
        }
        if argument["isRepeating"]?.boolValue == true { heading += " ..." }
        var text = argument["abstract"]?.stringValue ?? ""
        if let usual = argument["defaultValue"]?.stringValue, !usual.isEmpty { text += " (default: \(usual))" }
        return [heading, ManualText.lines(text.isEmpty ? "See above." : text)]
    }

    /// A flag without its first hyphen, which mdoc's macro writes.
    private func flag(_ name: JSONValue) -> String? {
        guard let text = name["name"]?.stringValue else { return nil }
        return name["kind"]?.stringValue == "long" ? ManualText.argument("-" + text) : ManualText.argument(text)
    }

    // MARK: The rest

    private static let closing: [String] = {
        var lines = [".Sh FILES", ".Bl -tag -width Ds"]
        for (path, meaning) in [
            ("runs/ID/run.sqlite", "The journal of a run."),
            ("runs/ID/summary.json", "Its metrics with intervals and coverage."),
            ("runs/ID/report.html", "The same for a person."),
            ("runs/ID/control.sock", "Where it is looked at and told what to do while it goes on."),
        ] {
            lines += [".It Pa \(ManualText.argument(path))", ManualText.lines(meaning)]
        }
        lines += [".El", ".Sh EXIT STATUS", ".Bl -tag -width Ds"]
        for (code, meaning) in [
            ("0", "Done."), ("1", "gage itself failed."),
            ("2", "The command line, a configuration or the data that it names are wrong."),
            ("3", "Episodes errored and --fail-on-error was given, or nothing could be scored."),
            ("4", "Below a gate, or a fidelity case disagrees."), ("5", "A gate could not be decided."),
            ("130", "The run stopped before its end; run it again with the same --run-id to go on."),
        ] {
            lines += [".It \(code)", ManualText.lines(meaning)]
        }
        return lines + [".El"]
    }()
}
