// Measures building and copying PAUSE worlds.
//
//     PauseBenchmark [STORES]
//
// Prints processor time for building and reloading stores, copying a world, calling tools, and the resident memory that
// the stores take.

import Evaluation
import Glibc
import JSON
import Pause

func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Megabytes of this process that are in memory.
func residentMegabytes() -> Double {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .split(separator: " ")
    return (fields.count > 1 ? Double(fields[1]) ?? 0 : 0) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6
}

func report(_ name: String, _ count: Int, _ body: () throws -> Void) rethrows {
    let start = seconds()
    try body()
    let each = (seconds() - start) / Double(count)
    print(each < 1e-4 ? "\(name): \((each * 1e8).rounded() / 100) µs" : "\(name): \((each * 1e5).rounded() / 100) ms")
}

let count = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 50 : 50
var stores: [PauseStore] = []
let before = residentMegabytes()
try report("build a store (30 days)", count) {
    for seed in 0..<count { stores.append(try PauseStore.build(StoreSettings(seed: seed, connectsOneSource: true))) }
}
print("memory: \(((residentMegabytes() - before) / Double(count) * 100).rounded() / 100) MB a store")
let snapshots = stores.map { ($0.meta.json, $0.profile.json) }
try report("load a store from its snapshot", count) {
    for (meta, profile) in snapshots { _ = try PauseStore.load(meta: meta, profile: profile) }
}
let world = PauseWorld(store: stores[0])
var touched = 0
report("make a world and change it", 100_000) {
    for _ in 0..<100_000 {
        var fresh = PauseWorld(store: stores[0])
        _ = fresh.call("set_raw_data_permission", arguments: ["allow": true], by: .user)
        touched += fresh.store.profile.allows(.rawData) ? 1 : 0
    }
}
let day = stores[0].profile.visibleDays.first?.description ?? ""
let range: JSONObject = [
    "start_date": .string(stores[0].meta.dateRange.lowerBound.description),
    "end_date": .string(stores[0].meta.dateRange.upperBound.description),
]
for (name, arguments) in [
    ("get_daily_summary", ["date": .string(day)]), ("get_range_summary", range), ("get_meal_records", range),
    ("get_system_settings", [:]), ("browse_items", ["page": 1]),
] as [(String, JSONObject)] {
    report(name, 500) {
        for _ in 0..<500 {
            var copy = world
            touched += copy.call(name, arguments: arguments, by: .agent).value.isNull ? 0 : 1
        }
    }
}
print("\(touched) calls answered")
