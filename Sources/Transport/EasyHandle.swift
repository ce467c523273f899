import CCurl

/// One easy handle of libcurl with what must live as long as its transfer: the error text and the list of header lines.
///
/// Not Sendable: a handle belongs to the loop thread. It is used again for other transfers after `reset()`.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerLines: UnsafeMutablePointer<curl_slist>?
    /// The memory of the request's body, kept for the next one unless it is large.
    private var body = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 10, alignment: 16)

    /// Nil when libcurl has no memory left.
    init?() {
        guard let pointer = curl_easy_init() else {
            body.deallocate()
            return nil
        }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerLines)
        errorText.deallocate()
        body.deallocate()
    }

    /// Forgets all options; connections and caches belong to the multi handle and stay.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headerLines)
        headerLines = nil
        errorText.pointee = 0
        guard body.count > 1 << 16 else { return }
        body.deallocate()
        body = .allocate(byteCount: 1 << 10, alignment: 16)
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
    func setBody(_ bytes: [UInt8]) {
        if bytes.count > body.count {
            body.deallocate()
            body = .allocate(byteCount: bytes.count, alignment: 16)
        }
        body.copyBytes(from: bytes)
        _ = gage_easy_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        // Never null, for which libcurl would ask a callback for the body.
        _ = gage_easy_set_pointer(pointer, CURLOPT_POSTFIELDS, body.baseAddress)
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
