import CCurl

extension ActiveTransfer {
    /// Makes libcurl call this transfer; whoever calls this keeps the transfer alive until the handle is reset.
    func attachCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        handle.set(CURLOPT_PRIVATE, context: context)
        handle.set(CURLOPT_HEADERDATA, context: context)
        handle.set(CURLOPT_WRITEDATA, context: context)
        handle.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let context else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            ActiveTransfer.from(context).receiveHeaderLine(line)
            return line.count
        }
        handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let context else { return 0 }
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return switch ActiveTransfer.from(context).receiveBody(piece) {
            case true?: piece.count
            case nil: Int(CURL_WRITEFUNC_PAUSE)
            // Any count but the right one ends the transfer, and no piece is that long.
            case false?: piece.count + 1
            }
        }
    }

    /// The transfer behind a pointer that `attachCallbacks` gave to libcurl.
    static func from(_ context: UnsafeMutableRawPointer) -> ActiveTransfer {
        Unmanaged<ActiveTransfer>.fromOpaque(context).takeUnretainedValue()
    }
}
