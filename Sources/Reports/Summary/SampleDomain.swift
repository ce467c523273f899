import JSON

/// Which domain a sample is of.
enum SampleDomain {
    /// `metadata.domain`, or that of the benchmark's own part of the metadata.
    static func of(_ metadata: JSONObject) -> String? {
        if let domain = metadata["domain"]?.stringValue { return domain }
        return metadata.lazy.compactMap { $0.value["domain"]?.stringValue }.first
    }
}
