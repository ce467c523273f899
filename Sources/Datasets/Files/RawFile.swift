import Evaluation
import Glibc

/// An open file descriptor, closed with the value's life.
struct RawFile: ~Copyable {
    private let descriptor: Int32
    private let file: LocalFile

    init(_ file: LocalFile) throws {
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        self.file = file
        guard descriptor >= 0 else { throw file.missing(errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills the array from its start and returns how many bytes came, zero at the end of the file.
    mutating func read(into bytes: inout [UInt8]) throws -> Int {
        while true {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw EvaluationError(
                    .dataMissing, "reading '\(file.name)' failed: \(String(cString: strerror(errno)))", cause: .gage,
                    retry: .worthwhile)
            }
        }
    }
}
