// Measures parsing, writing, digesting, copying and comparing JSON.
//
//     JSONBenchmark FILE.json|FILE.jsonl [REPETITIONS [WORD]]
//
// With a word, measures only what has it in its name. Prints the best of the repetitions in processor time, as megabytes of input per second.

import Glibc
import JSON

func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return bytes }
        bytes.append(contentsOf: chunk[..<count])
    }
}

func measure(_ name: String, _ megabytes: Double, _ repetitions: Int, _ body: () throws -> Void) rethrows {
    if let only = CommandLine.arguments.dropFirst(3).first, !"\(name) ".contains(only) { return }
    var best = Double.infinity
    for _ in 0..<repetitions {
        let start = seconds()
        try body()
        best = min(best, seconds() - start)
    }
    let milliseconds = (best * 1e6).rounded() / 1e3
    print("\(name): \(milliseconds) ms, \(Int((megabytes / best).rounded())) MB/s")
}

func run() throws {
    guard CommandLine.arguments.count > 1, let bytes = contents(of: CommandLine.arguments[1]) else {
        print("usage: JSONBenchmark FILE.json|FILE.jsonl [REPETITIONS [WORD]]")
        exit(2)
    }
    let path = CommandLine.arguments[1]
    let repetitions = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 10 : 10
    let megabytes = Double(bytes.count) / 1e6
    var kept: [JSONValue] = []
    if path.hasSuffix(".jsonl") {
        var reader = JSONLinesReader()
        try measure("parse lines", megabytes, repetitions) { kept = try reader.values(in: bytes) }
    } else {
        try measure("parse", megabytes, repetitions) { kept = [try JSONValue.parse(bytes: bytes)] }
    }
    if kept.isEmpty {
        var reader = JSONLinesReader()
        kept = path.hasSuffix(".jsonl") ? try reader.values(in: bytes) : [try JSONValue.parse(bytes: bytes)]
    }
    let value = kept.count == 1 ? kept[0] : .array(kept)
    var size = 0
    measure("write compact", megabytes, repetitions) { size += value.bytes().count }
    measure("write pretty", megabytes, repetitions) { size += value.bytes(.pretty).count }
    measure("write canonical", megabytes, repetitions) { size += value.bytes(.canonical).count }
    measure("write pythonSorted", megabytes, repetitions) { size += value.bytes(.pythonSorted).count }
    measure("digest canonical", megabytes, repetitions) { size += value.digest().count }
    measure("hash", megabytes, repetitions) { size &+= value.hashValue & 1 }
    let other = try JSONValue.parse(value.text())
    measure("compare equal copies", megabytes, repetitions) { size += value == other ? 1 : 0 }
    measure("pythonEquals", megabytes, repetitions) { size += value.pythonEquals(other) ? 1 : 0 }
    measure("differences", megabytes, repetitions) { size += value.differences(to: other).count }
    print("checked \(size)")
}

do {
    try run()
} catch {
    print(error)
    exit(1)
}
