import Evaluation
import Glibc

/// Makes an event log whole again after its writer was killed.
enum EventLogRepair {
    /// Cuts off what follows the last line feed and returns how many whole lines there are.
    static func cutTornLine(descriptor: Int32, path: String) throws(EvaluationError) -> Int64 {
        var lines: Int64 = 0
        var position: off_t = 0
        var endOfLastLine: off_t = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, position)
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageFailure.system("read", path)
            }
            if count == 0 { break }
            for index in 0..<count where buffer[index] == UInt8(ascii: "\n") {
                lines += 1
                endOfLastLine = position + off_t(index) + 1
            }
            position += off_t(count)
        }
        if endOfLastLine < position, ftruncate(descriptor, endOfLastLine) != 0 {
            throw StorageFailure.system("repair", path)
        }
        return lines
    }
}
