import Evaluation

/// Listings that were fetched before, by where they came from.
///
/// Containers of one image offer the same interfaces whatever their task is, so that one listing serves them all.
actor ListingCache {
    private var known: [String: APIListing] = [:]

    /// A listing that was fetched before, or the one that is fetched now.
    func listing(
        _ key: String, fetch: @Sendable () async throws -> APIListing
    ) async throws -> (listing: APIListing, wasKnown: Bool) {
        if let found = known[key] { return (found, true) }
        let listing = try await fetch()
        known[key] = listing
        return (listing, false)
    }
}
