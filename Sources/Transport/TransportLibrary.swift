import CCurl

/// The library that requests go out with.
public enum TransportLibrary {
    /// Its name, release and parts, as `libcurl/8.5.0 OpenSSL/3.0.13 zlib/1.3`.
    public static var version: String {
        curl_version().map { String(cString: $0) } ?? "unknown"
    }
}
