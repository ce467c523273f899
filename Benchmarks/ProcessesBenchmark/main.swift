// Measures what starting a program costs this process: its own CPU time, and the time until it has ended.
//
// usage: ProcessesBenchmark [RUNS]

import Glibc
import Processes

func ownCPUSeconds() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let time = { (value: timeval) in Double(value.tv_sec) + Double(value.tv_usec) / 1e6 }
    return time(usage.ru_utime) + time(usage.ru_stime)
}

func measure(_ name: String, concurrency: Int, runs: Int) async throws {
    let before = ownCPUSeconds()
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<concurrency {
            group.addTask {
                for _ in 0..<(runs / concurrency) {
                    let result = try await Processes.run(ProcessCommand("/bin/true"))
                    precondition(result.succeeded, "/bin/true failed")
                }
            }
        }
        try await group.waitForAll()
    }
    let cpu = (ownCPUSeconds() - before) / Double(runs) * 1e6
    let wall = (.now - start) / .microseconds(1) / Double(runs)
    print("\(name): \(Int(cpu)) µs own CPU and \(Int(wall)) µs a program")
}

let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2000
try await measure("warm-up", concurrency: 1, runs: 50)
try await measure("1 at a time", concurrency: 1, runs: runs)
try await measure("50 at a time", concurrency: 50, runs: runs)
// What is held must not matter: the child borrows the memory and copies nothing.
let ballast = [UInt8](repeating: 1, count: 1 << 30)
try await measure("1 at a time, with 1 GB of memory held", concurrency: 1, runs: runs)
precondition(ballast.last == 1, "the ballast is gone")
