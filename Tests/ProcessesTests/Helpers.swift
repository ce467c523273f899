import Glibc
import Processes
import Testing

/// A command for the shell, with positional arguments.
func shell(_ script: String, _ arguments: [String] = []) -> ProcessCommand {
    ProcessCommand("/bin/sh", ["-c", script, "sh"] + arguments)
}

func text(_ output: CapturedOutput) -> String {
    String(decoding: output.bytes, as: UTF8.self)
}

/// Expects that the work fails with a `ProcessError`, and returns it.
@discardableResult
func expectFailure<Value>(
    _ code: ProcessError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Value
) async -> ProcessError? {
    do {
        _ = try await work()
        Issue.record("expected \(code), got a result", sourceLocation: sourceLocation)
    } catch let error as ProcessError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("expected \(code), got \(error)", sourceLocation: sourceLocation)
    }
    return nil
}

/// The first bytes of a file, or nil if it cannot be read.
func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
}

/// The processes of a group that run, zombies aside.
func livingMembers(ofGroup group: Int32) -> [Int32] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var members: [Int32] = []
    while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        // After the program's name in parentheses: state, parent, group.
        guard let process = Int32(name), let status = contents(of: "/proc/\(process)/stat"),
            let end = status.lastIndex(of: ")")
        else { continue }
        let fields = status[end...].split(separator: " ")
        if fields.count > 3, fields[1] != "Z", Int32(fields[3]) == group { members.append(process) }
    }
    return members
}

/// Waits for something that a process outside will bring about; the suite's time limit ends a wait in vain.
func eventually(_ condition: () -> Bool) async {
    // A moment between two looks leaves the processor to the process that is waited for; cancellation cuts it short.
    while !condition() && !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
}

/// Makes a directory of the test's own, lends it, and removes it with the files in it.
func withTemporaryDirectory<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Result
) async throws -> Result {
    var template = Array("/tmp/gage-processes-XXXXXX".utf8CString)
    let path = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
    let directory = String(cString: try #require(path))
    defer {
        if let entries = opendir(directory) {
            while let entry = readdir(entries) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink(directory + "/" + name)
            }
            closedir(entries)
        }
        rmdir(directory)
    }
    return try await body(directory)
}

func writeFile(_ path: String, _ text: String, mode: mode_t) {
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
    chmod(path, mode)
}
