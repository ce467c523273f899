import ArgumentParser
import Datasets
import Evaluation
import JSON

/// `gage data`: official data of benchmarks.
struct DataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "List, fetch, import and check the official data of benchmarks.",
        subcommands: [
            DataListCommand.self, DataFetchCommand.self, DataImportCommand.self, DataCheckCommand.self,
        ])
}

/// A package by its name on the command line.
struct DataPackageArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The package; `gage data list` shows them.", valueName: "name"))
    var name: String

    @Option(help: "The directory, where it is not the package's own.")
    var dest: String?

    func package() throws -> DataPackage {
        let packages = Components.dataPackages
        if let package = packages.first(where: { $0.name == name }) { return package }
        let advice = NearMiss.advice(name, among: packages.map(\.name))
        throw ValidationError("there is no data package '\(name)'\(advice.map { "; \($0)" } ?? "")")
    }

    func directory(of package: DataPackage) -> String {
        let base = ProcessEnvironment.currentDirectory()
        guard let dest else {
            return package.destination.directory(environment: ProcessEnvironment.variables(), baseDirectory: base)
        }
        return dest.hasPrefix("/") ? dest : "\(base)/\(dest)"
    }

    /// An installer that reports to standard error.
    func installer(_ components: Components) -> DataInstaller {
        let settings = HubSettings(
            environment: ProcessEnvironment.variables(), baseDirectory: ProcessEnvironment.currentDirectory())
        return DataInstaller(client: HubClient(http: components.client, settings: settings))
    }

    func options(for package: DataPackage, replaces: Bool) -> DataInstaller.Options {
        var options = DataInstaller.Options(directory: directory(of: package))
        options.replaces = replaces
        options.onProgress = { Output.note($0) }
        return options
    }

    /// Prints what became of an installation.
    static func show(_ outcome: DataInstaller.Outcome, of package: DataPackage) {
        for line in outcome.check.facts { Output.result(line) }
        for line in outcome.check.notes { Output.note("note: \(line)") }
        guard let source = outcome.source else {
            Output.result("'\(package.name)' is there already: \(outcome.directory) (--force replaces it)")
            return
        }
        Output.result("'\(package.name)' is installed in \(outcome.directory), from \(source)")
        Output.note("licence: \(package.licence)")
    }
}

/// `gage data list`: what there is, and whether it is here.
struct DataListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the data packages, and whether they are on this machine.")

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let environment = ProcessEnvironment.variables()
        let base = ProcessEnvironment.currentDirectory()
        let rows = Components.dataPackages.map { package -> (package: DataPackage, directory: String, isHere: Bool) in
            let directory = package.destination.directory(environment: environment, baseDirectory: base)
            return (package, directory, package.layout.isPresent(in: directory))
        }
        if json {
            let list = rows.map { row -> JSONValue in
                [
                    "name": .string(row.package.name), "summary": .string(row.package.summary),
                    "licence": .string(row.package.licence), "directory": .string(row.directory),
                    "sources": .array(row.package.sources.map { .string($0.description) }),
                    "is_present": .bool(row.isHere),
                ]
            }
            return Output.result(JSONValue.object(["packages": .array(list)]).text(.pretty))
        }
        for row in rows {
            Output.result("\(row.package.name): \(row.package.summary)")
            Output.result("    licence: \(row.package.licence)")
            for source in row.package.sources { Output.result("    source:  \(source.description) (\(source.kind))") }
            Output.result("    place:   \(row.directory) (\(row.isHere ? "present" : "not present"))")
        }
    }
}

/// `gage data fetch`: brings a package from its source.
struct DataFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Fetch a data package from its official source.",
        discussion: """
            What broke off goes on where it stopped when the command is run again. HF_TOKEN, HF_ENDPOINT and \
            HF_HUB_OFFLINE hold as for other tools of the Hub; GAGE_CODELOAD_ENDPOINT names a mirror of GitHub's archives.
            """)

    @OptionGroup var target: DataPackageArgument

    @Option(help: "Where from, where a package has several sources: hub or github.")
    var source: String?

    @Option(help: "Another revision than the one that is known.")
    var revision: String?

    @Flag(help: "Replace data that are there.")
    var force = false

    func run() async throws {
        let package = try target.package()
        let outcome = try await target.installer(Components()).fetch(
            package, from: chosenSource(of: package), target.options(for: package, replaces: force))
        DataPackageArgument.show(outcome, of: package)
    }

    private func chosenSource(of package: DataPackage) throws -> DataSource {
        let kinds = package.sources.map(\.kind)
        let found = source.map { kind in package.sources.first { $0.kind == kind } } ?? package.sources.first
        guard let found else {
            throw ValidationError(
                "'\(package.name)' has no source '\(source ?? "")'; it has \(kinds.joined(separator: ", "))")
        }
        return revision.map { found.at($0) } ?? found
    }
}

/// `gage data import`: takes a package from what the user has.
struct DataImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Install a data package from a directory, a checkout of the official repository, or an archive.")

    @OptionGroup var target: DataPackageArgument

    @Option(help: "A directory, or a tar, tar.gz or zip archive.")
    var from: String

    @Flag(help: "Replace data that are there.")
    var force = false

    func run() async throws {
        let package = try target.package()
        let outcome = try await target.installer(Components()).importData(
            package, from: from, target.options(for: package, replaces: force))
        DataPackageArgument.show(outcome, of: package)
    }
}

/// `gage data check`: says whether a package is there and right.
struct DataCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check that a data package is there and right; exit code 2 where it is not.")

    @OptionGroup var target: DataPackageArgument

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let package = try target.package()
        let directory = target.directory(of: package)
        let check = package.check(directory)
        if json {
            func list(_ lines: [String]) -> JSONValue { .array(lines.map { .string($0) }) }
            Output.result(
                JSONValue.object([
                    "name": .string(package.name), "directory": .string(directory), "is_right": .bool(check.isRight),
                    "facts": list(check.facts), "notes": list(check.notes), "problems": list(check.problems),
                ]).text(.pretty))
        } else {
            for line in check.facts { Output.result(line) }
            for line in check.notes { Output.result("note: \(line)") }
            if check.isRight { Output.result("'\(package.name)' in \(directory) is right") }
        }
        guard !check.isRight else { return }
        for line in check.problems { Output.note("problem: \(line)") }
        Output.note("  \(package.howToGet(into: target.dest))")
        throw ExitStatus.configuration.exitCode
    }
}
