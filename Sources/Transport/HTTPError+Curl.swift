import CCurl

extension HTTPError {
    /// What a failed transfer's result means.
    init(_ result: CURLcode, of transfer: ActiveTransfer) {
        let handle = transfer.handle
        let message = handle.message(for: result)
        let code: Code =
            switch result {
            case CURLE_COULDNT_RESOLVE_HOST: .resolveFailed
            case CURLE_COULDNT_CONNECT: .connectFailed
            case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .invalidURL
            case CURLE_TOO_MANY_REDIRECTS: .tooManyRedirects
            case CURLE_SSL_CACERT_BADFILE: .invalidRequest
            case CURLE_OPERATION_TIMEDOUT: Code.timeout(of: transfer)
            case CURLE_SSL_CONNECT_ERROR where handshakeBroke(message): .connectionLost
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
                CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
                .tlsFailed
            case CURLE_RECV_ERROR where handle.long(CURLINFO_HTTP_CONNECTCODE) >= 300: .proxy
            case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
                CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND:
                .connectionLost
            default: .other
            }
        self.init(code, message, url: transfer.ticket.request.url)
    }
}

extension HTTPError.Code {
    /// Which of the two limits that libcurl watches over has passed; it reports both alike.
    fileprivate static func timeout(of transfer: ActiveTransfer) -> Self {
        // libcurl's clock counts whole milliseconds and can be one ahead of ours.
        let elapsed = ContinuousClock.now - transfer.started + .milliseconds(2)
        if let total = transfer.ticket.request.timeouts.total, elapsed >= total { return .timeoutTotal }
        return transfer.handle.offset(CURLINFO_PRETRANSFER_TIME_T) == 0 ? .timeoutConnect : .timeoutTotal
    }
}

/// Whether a failed handshake is the network's fault and not the certificates'.
private func handshakeBroke(_ message: String) -> Bool {
    message.hasSuffix("SSL_ERROR_SYSCALL") || message.contains("Connection reset by peer")
}
