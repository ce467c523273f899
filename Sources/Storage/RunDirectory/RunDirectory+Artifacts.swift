public import Evaluation

extension RunDirectory: ArtifactStore {
    /// The largest file that ``read(_:)`` takes: one GiB.
    private static let readLimit = 1 << 30

    /// Writes a file below the directory, atomically and forced to disk, and returns its path relative to it.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the path leads elsewhere or the disk does not allow it.
    public func write(_ bytes: [UInt8], to path: String) throws -> String {
        let names = try RelativePath.names(of: path)
        try AtomicFile.write(bytes, to: try place(names.dropLast()) + "/" + (names.last ?? ""))
        return path
    }

    /// The absolute path of a directory below the run directory, made if needed.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the path leads elsewhere or the disk does not allow it.
    public func directory(_ path: String) throws -> String {
        try place(try RelativePath.names(of: path)[...])
    }

    /// Reads a file below the directory.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when it is not there or is larger than one GiB.
    public func read(_ path: String) throws(EvaluationError) -> [UInt8] {
        let names = try RelativePath.names(of: path)
        return try FileSystem.read("\(self.path)/\(names.joined(separator: "/"))", limit: Self.readLimit)
    }

    /// Makes the directory of these names and checks that no symbolic link leads it out of the run directory.
    private func place(_ names: ArraySlice<String>) throws(EvaluationError) -> String {
        guard let root = FileSystem.canonical(path) else { throw StorageFailure.system("find", path) }
        guard !names.isEmpty else { return root }
        let wanted = "\(root)/\(names.joined(separator: "/"))"
        try FileSystem.makeDirectories(wanted)
        guard let found = FileSystem.canonical(wanted), found.hasPrefix(root + "/") else {
            throw StorageFailure.plain("'\(names.joined(separator: "/"))' leads out of the run directory")
        }
        return found
    }
}
