import JSON

/// Digests what decides a run's results.
enum PlanDigest {
    /// Keys of the document that change how a run goes, not what comes out.
    private static let documentKeys: Set<String> = [
        "metadata", "observability", "models", "api_version", "kind", "cache", "budget",
    ]
    private static let taskKeys: Set<String> = [
        "concurrency", "prefetch_factor", "max_inflight", "max_retries", "reporting",
    ]

    private static let backendKeys: Set<String> = ["adaptive_concurrency"]

    /// The digest of a resolved configuration; secrets are not in it, so that a new key resumes an old run.
    static func digest(of configuration: JSONValue, seed: UInt64) -> String {
        guard case .object(var document) = configuration else { return configuration.digest() }
        for key in documentKeys { document.removeValue(forKey: key) }
        if let tasks = document["tasks"]?.arrayValue {
            document["tasks"] = .array(
                tasks.map { task in
                    guard case .object(var task) = task else { return task }
                    for key in taskKeys { task.removeValue(forKey: key) }
                    return .object(task)
                })
        }
        if let backends = document["backends"]?.arrayValue {
            document["backends"] = .array(
                backends.map { backend in
                    guard case .object(var backend) = backend, case .object(var config)? = backend["config"] else {
                        return backend
                    }
                    for key in backendKeys { config.removeValue(forKey: key) }
                    backend["config"] = .object(config)
                    return .object(backend)
                })
        }
        let content: JSONValue = ["format": 1, "seed": .string(String(seed)), "configuration": .object(document)]
        return content.digest()
    }
}
