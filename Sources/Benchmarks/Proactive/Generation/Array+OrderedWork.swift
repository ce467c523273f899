extension Array where Element: Sendable {
    /// Works on the elements, at most so many at once, and delivers the results in the elements' order as they come.
    ///
    /// The first error ends everything; what was delivered before it stays delivered.
    func streamed<Result: Sendable>(
        atOnce limit: Int, _ work: @escaping @Sendable (Element) async throws -> Result,
        deliver: (Result) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var waiting: [Int: Result] = [:]
            var started = 0
            var delivered = 0
            func start() {
                guard started < count else { return }
                let (index, element) = (started, self[started])
                started += 1
                group.addTask { (index, try await work(element)) }
            }
            for _ in 0..<Swift.max(1, limit) { start() }
            while let (index, result) = try await group.next() {
                waiting[index] = result
                while let next = waiting.removeValue(forKey: delivered) {
                    try deliver(next)
                    delivered += 1
                }
                start()
            }
        }
    }

    /// The results for the elements in their order, at most so many being worked on at once.
    func mapped<Result: Sendable>(
        atOnce limit: Int, _ work: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        var results: [Result] = []
        try await streamed(atOnce: limit, work) { results.append($0) }
        return results
    }
}
