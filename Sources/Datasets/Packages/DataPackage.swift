/// Official data of a benchmark: what it is, where it is to be had, where it goes, and how it is checked.
///
/// Such data are never part of gage. `gage data` lists, fetches, imports and checks them; a kit names the packages
/// that it needs in `dataPackages`.
public struct DataPackage: Sendable {
    /// The name on the command line: `tau2`.
    public let name: String
    /// What it is, in one sentence.
    public let summary: String
    /// The licence of the data, and whose they are.
    public let licence: String
    /// Where it is to be had, the usual place first.
    public let sources: [DataSource]
    /// Where it goes.
    public let destination: DataDestination
    /// The contents that are known.
    public let editions: [DataEdition]
    /// What knows the files.
    public let layout: any DataLayout

    /// Describes a package.
    public init(
        name: String, summary: String, licence: String, sources: [DataSource], destination: DataDestination,
        editions: [DataEdition], layout: any DataLayout
    ) {
        self.name = name
        self.summary = summary
        self.licence = licence
        self.sources = sources
        self.destination = destination
        self.editions = editions
        self.layout = layout
    }

    /// What to do where the data are missing, in one sentence: the commands to run.
    ///
    /// `directory` is where they were looked for, where that is not the package's own place.
    public func howToGet(into directory: String? = nil) -> String {
        let place = directory.map { " --dest \($0)" } ?? ""
        return "run `gage data fetch \(name)\(place)`, or `gage data import \(name)\(place) --from DIR` with a copy "
            + "that you have"
    }
}

extension DataPackage: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}

/// Where the data of a package are to be had.
public enum DataSource: Sendable, Hashable {
    /// A data set on the Hugging Face Hub, at a revision.
    case hub(repository: String, revision: String)
    /// A repository on GitHub, at a commit, as an archive.
    case gitHub(repository: String, commit: String)

    /// The word that chooses it: `hub` or `github`.
    public var kind: String {
        switch self {
        case .hub: "hub"
        case .gitHub: "github"
        }
    }

    /// The source in words.
    public var description: String {
        switch self {
        case .hub(let repository, let revision): "Hugging Face Hub data set \(repository) at \(revision)"
        case .gitHub(let repository, let commit): "GitHub repository \(repository) at \(commit.prefix(12))"
        }
    }

    /// The same source at another revision.
    public func at(_ revision: String) -> DataSource {
        switch self {
        case .hub(let repository, _): .hub(repository: repository, revision: revision)
        case .gitHub(let repository, _): .gitHub(repository: repository, commit: revision)
        }
    }
}

/// Where the data of a package go on this machine.
public struct DataDestination: Sendable, Hashable {
    /// The variable that names another place.
    public let variable: String?
    /// The place otherwise, below the base directory.
    public let path: String

    /// Names a place.
    public init(variable: String?, path: String) {
        self.variable = variable
        self.path = path
    }

    /// The directory that holds.
    public func directory(environment: [String: String], baseDirectory: String) -> String {
        if let variable, let chosen = environment[variable], !chosen.isEmpty {
            return chosen.hasPrefix("/") ? chosen : "\(baseDirectory)/\(chosen)"
        }
        return "\(baseDirectory)/\(path)"
    }
}

/// A content of a package that is known file by file.
public struct DataEdition: Sendable, Hashable {
    /// What it is called: `tau2 1.0.1`.
    public let name: String
    /// SHA-256 by path below the package's directory.
    public let files: [String: String]

    /// Names an edition.
    public init(name: String, files: [String: String]) {
        self.name = name
        self.files = files
    }
}
