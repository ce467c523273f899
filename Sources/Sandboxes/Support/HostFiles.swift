import Glibc

/// Reading and writing small files of this machine.
enum HostFiles {
    struct Failure: Error, CustomStringConvertible {
        var path: String
        var number: Int32
        var description: String { "\(path): \(String(cString: strerror(number)))" }
    }

    /// The bytes of a file, of so many at the most; more is `EFBIG`.
    static func read(_ path: String, maximumBytes: Int) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(path: path, number: errno) }
        defer { close(descriptor) }
        return try read(descriptor, path, maximumBytes: maximumBytes)
    }

    /// What is left to read of an open file; the descriptor stays open.
    static func read(_ descriptor: Int32, _ path: String, maximumBytes: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path: path, number: errno) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= maximumBytes else { throw Failure(path: path, number: EFBIG) }
        }
    }

    /// Writes all bytes to an open file.
    static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(path: path, number: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// The text of a small file of the kernel or the system, without its last line end; nil when it cannot be read.
    static func text(_ path: String) -> String? {
        // Not there means not known, which callers have a way to deal with.
        guard let bytes = try? read(path, maximumBytes: 1 << 20) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// Where a symbolic link leads; nil when there is none.
    static func linkTarget(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { raw in
            raw.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), raw.count) } ?? -1
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
