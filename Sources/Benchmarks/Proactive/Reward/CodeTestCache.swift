/// What programs with their tests came to, by the SHA-256 of both.
public actor CodeTestCache {
    private var results: [String: CodeTestResult] = [:]
    private(set) var hasInterpreter = false

    /// Nothing known yet.
    public init() {}

    func result(_ key: String) -> CodeTestResult? { results[key] }

    func keep(_ result: CodeTestResult, as key: String) { results[key] = result }

    func foundInterpreter() { hasInterpreter = true }
}
