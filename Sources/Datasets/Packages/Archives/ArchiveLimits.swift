/// What an archive may cost at the most; archives come from elsewhere and can claim anything.
struct ArchiveLimits: Sendable {
    /// Bytes of all files together, unpacked.
    var totalBytes = 8 << 30
    /// Bytes of one file, unpacked.
    var fileBytes = 2 << 30
    /// Entries, those not wanted included.
    var entries = 1_000_000
}
