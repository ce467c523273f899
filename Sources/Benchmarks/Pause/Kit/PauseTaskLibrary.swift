import Evaluation
import JSON

/// Task files and the stores that belong to them, each read and built once.
actor PauseTaskLibrary {
    private var files: [String: PauseTaskFile] = [:]
    private var stores: [String: PauseStore] = [:]

    /// The task file at a path.
    func file(_ path: String) throws -> PauseTaskFile {
        if let file = files[path] { return file }
        let file = try Self.read(path)
        files[path] = file
        return file
    }

    /// The store in which the tasks of a branch take place.
    func store(file path: String, branch: String) throws -> PauseStore {
        let key = "\(path)\u{0}\(branch)"
        if let store = stores[key] { return store }
        let file = try file(path)
        let store = try store(meta: file.storeMeta, profile: file.profile(for: branch))
        stores[key] = store
        return store
    }

    /// The profile with which the tasks of a branch start.
    func profile(file path: String, branch: String) throws -> JSONObject {
        try PauseProfile(json: try file(path).profile(for: branch)).json
    }

    /// The store with this profile; tables are made once for each meta.
    func store(meta: JSONObject, profile: JSONObject) throws -> PauseStore {
        let key = JSONValue.object(meta).digest()
        var store: PauseStore
        if let known = stores[key] {
            store = known
        } else {
            store = try PauseStore.load(meta: meta, profile: profile)
            stores[key] = store
        }
        store.profile = try PauseProfile(json: profile)
        return store
    }

    /// Reads a task file without keeping it; the error says which.
    static func read(_ path: String) throws(EvaluationError) -> PauseTaskFile {
        do throws(EvaluationError) {
            return try PauseTaskFile(json: try PauseFiles.json(path))
        } catch {
            guard error.code == .dataMalformed, !error.message.hasPrefix(path) else { throw error }
            var error = error
            error.message = "\(path): \(error.message)"
            throw error
        }
    }
}
