public import Evaluation

/// Knows the files of a data package: how to recognize them in what a user has, and what has to be right about them.
public protocol DataLayout: Sendable {
    /// The entries of the destination that belong to the package.
    var ownedNames: [String] { get }

    /// Whether a path in an archive or repository is worth fetching.
    func wants(_ path: String) -> Bool

    /// Whether there are data of the package in a directory, complete or not.
    func isPresent(in directory: String) -> Bool

    /// Finds the material below a directory and writes it into another in the package's layout.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where it is not there.
    func install(from source: String, into destination: String) throws(EvaluationError)

    /// Where a file of an edition is in a directory.
    func resolve(_ path: String, in directory: String) -> String

    /// Looks at installed data: what is missing, broken or not consistent.
    func check(_ directory: String) -> DataCheck
}

/// What a look at installed data found.
public struct DataCheck: Sendable, Hashable {
    /// What is right, for people: `retail: 114 tasks`.
    public var facts: [String] = []
    /// What is worth knowing and no fault.
    public var notes: [String] = []
    /// What is wrong.
    public var problems: [String] = []

    /// Nothing found yet.
    public init() {}

    /// Whether the data can be used.
    public var isRight: Bool { problems.isEmpty }
}

extension DataPackage {
    /// Looks at the data in a directory, and says which edition they are.
    public func check(_ directory: String) -> DataCheck {
        guard layout.isPresent(in: directory) else {
            var check = DataCheck()
            check.problems = ["there are no data of '\(name)' in \(directory)"]
            return check
        }
        var check = layout.check(directory)
        if check.isRight { compareEditions(directory, &check) }
        return check
    }

    private func compareEditions(_ directory: String, _ check: inout DataCheck) {
        var differences: [(edition: DataEdition, files: [String])] = []
        for edition in editions {
            let different = edition.files.keys.sorted().filter { path in
                // A file that cannot be read is not the official one.
                (try? layout.digest(of: path, in: directory)) != edition.files[path]
            }
            if different.isEmpty {
                check.facts.append("edition: \(edition.name), as published (\(edition.files.count) checksums agree)")
                return
            }
            differences.append((edition, different))
        }
        guard let nearest = differences.min(by: { $0.files.count < $1.files.count }) else { return }
        let shown = nearest.files.prefix(5).joined(separator: ", ")
        let more = nearest.files.count > 5 ? " and \(nearest.files.count - 5) more" : ""
        check.notes.append("unknown edition: unlike \(nearest.edition.name) in \(shown)\(more)")
    }
}

extension DataLayout {
    /// Below the directory, as the edition says.
    public func resolve(_ path: String, in directory: String) -> String { "\(directory)/\(path)" }

    /// The SHA-256 of a file, or of a whole directory: of the lines `sha256  path` of its files in order.
    func digest(of path: String, in directory: String) throws(EvaluationError) -> String {
        let full = resolve(path, in: directory)
        guard DatasetFiles.isDirectory(full) else { return try DatasetFiles.digest(full).sha256 }
        return try TreeDigest.digest(of: full)
    }
}
