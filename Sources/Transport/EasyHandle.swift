import CCurl

/// One easy handle of libcurl with what must live as long as its transfer: the error text and the list of header lines.
///
/// Not Sendable: a handle belongs to the loop thread. It is used again for other transfers after `reset()`.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerLines: UnsafeMutablePointer<curl_slist>?

    /// Nil when libcurl has no memory left.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerLines)
        errorText.deallocate()
    }

    /// Forgets all options; connections and caches belong to the multi handle and stay.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headerLines)
        headerLines = nil
        errorText.pointee = 0
    }

    func set(_ option: CURLoption, _ value: Int) {
        _ = gage_easy_set_long(pointer, option, value)
    }

    func set(_ option: CURLoption, _ value: String) {
        _ = gage_easy_set_string(pointer, option, value)
    }

    func set(_ option: CURLoption, context: UnsafeMutableRawPointer) {
        _ = gage_easy_set_pointer(pointer, option, context)
    }

    func set(_ option: CURLoption, callback: @escaping gage_data_callback) {
        _ = gage_easy_set_data_callback(pointer, option, callback)
    }

    /// Copies the body, so that nothing of ours needs to stay where it is.
    func setBody(_ body: [UInt8]) {
        _ = gage_easy_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        body.withUnsafeBytes { bytes in
            // An empty array has no address, and a null pointer would make libcurl ask a read callback for the body.
            if let start = bytes.baseAddress, !bytes.isEmpty {
                _ = gage_easy_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start)
            } else {
                _ = gage_easy_set_string(pointer, CURLOPT_COPYPOSTFIELDS, "")
            }
        }
    }

    func addHeaderLine(_ line: String) {
        headerLines = curl_slist_append(headerLines, line)
    }

    /// Makes the added header lines and the error text known to libcurl; called once they are complete.
    func attachBuffers() {
        _ = gage_easy_set_list(pointer, CURLOPT_HTTPHEADER, headerLines)
        _ = gage_easy_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        _ = gage_easy_get_long(pointer, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        _ = gage_easy_get_offset(pointer, info, &value)
        return Int(value)
    }

    func duration(_ info: CURLINFO) -> Duration {
        .microseconds(offset(info))
    }

    /// What libcurl says of the failure of this transfer.
    func message(for result: CURLcode) -> String {
        errorText.pointee != 0 ? String(cString: errorText) : String(cString: curl_easy_strerror(result))
    }
}
