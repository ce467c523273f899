import Evaluation

/// Looks for the directory that has a package's material, in whatever form a user has it.
enum MaterialSearch {
    private static let deepest = 5
    private static let mostDirectories = 20_000

    /// The first directory, nearest to the top, that is one.
    static func find(below root: String, where isOne: (String) -> Bool) -> String? {
        var level = [root]
        var seen = 0
        for _ in 0...deepest {
            if let found = level.first(where: isOne) { return found }
            var next: [String] = []
            for directory in level {
                for name in DatasetFiles.names(in: directory) where !name.hasPrefix(".") && seen < mostDirectories {
                    let path = "\(directory)/\(name)"
                    guard DatasetFiles.isPlainDirectory(path) else { continue }
                    seen += 1
                    next.append(path)
                }
            }
            level = next
        }
        return nil
    }

    /// The first of these files above or beside a directory, not above the root.
    static func findAbove(_ directory: String, upTo root: String, _ candidates: [String]) -> String? {
        var place = directory
        while place.hasPrefix(root) {
            if let found = candidates.map({ "\(place)/\($0)" }).first(where: DatasetFiles.isPlainFile) { return found }
            guard place != root else { return nil }
            place = DatasetFiles.parent(of: place)
        }
        return nil
    }

    /// Copies a file; a link in its place is not followed.
    static func copy(_ path: String, to target: String) throws(EvaluationError) {
        try DatasetFiles.makeDirectory(DatasetFiles.parent(of: target))
        try FileWriter(target).write(DatasetFiles.bytes(path))
    }
}
