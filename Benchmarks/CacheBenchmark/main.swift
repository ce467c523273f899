import Engine
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Models

/// What a call costs that a cache of many replies answers, and one that it does not: the whole way through
/// ``CachedModel``, key and parsing included.
///
/// Usage: `CacheBenchmark [ENTRIES]` (100,000 by default), in a directory of its own below `$TMPDIR`.
struct InstantModel: FingerprintedModel {
    let name = "instant"
    let fingerprint: JSONValue = ["url": "http://localhost/v1", "model": "instant"]

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        let text = String(repeating: "word ", count: 120)
        return ChatResponse(
            message: .assistant(text), finishReason: .stop, model: name,
            usage: Usage(inputTokens: 900, outputTokens: 120),
            cost: 0.001)
    }
}

/// A dialogue of ten messages, as an agent's fifth turn has it.
func request(_ number: Int) -> ChatRequest {
    let talk = (0..<10).map {
        Message.user("message \($0) of dialogue \(number) " + String(repeating: "text ", count: 40))
    }
    return ChatRequest(messages: talk, parameters: ["temperature": 0.0])
}

func context(_ number: Int) -> CallContext {
    CallContext(episode: EpisodeID(task: "t", sample: "s\(number)", trial: 0), purpose: "agent", seed: 7)
}

/// Microseconds per call of a body that makes so many.
func measure(_ calls: Int, _ body: (Int) async throws -> Void) async throws -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    for number in 0..<calls { try await body(number) }
    let passed = (clock.now - start).components
    return (Double(passed.seconds) + Double(passed.attoseconds) * 1e-18) * 1e6 / Double(calls)
}

func model(_ path: String, _ mode: CacheMode) throws -> (model: any ChatModel, replies: ReplySources) {
    let plan = Plan(name: "benchmark", seed: 7, baseDirectory: ".", environment: [:])
    var wishes = ReplyWishes(plan)
    wishes.cache = PlannedCache(path: path, mode: mode)
    let replies = try ReplySources(wishes, plan: plan)
    return (replies.modelOptions.decorate(InstantModel(), backend: "b"), replies)
}

let entries = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
let directory = "\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/gage-cache-benchmark-\(getpid())"
mkdir(directory, 0o700)
let path = "\(directory)/replies.sqlite"
let sample = min(20_000, entries)

let bare = try await measure(sample) { _ = try await InstantModel().respond(to: request($0), in: context($0)) }
let filled = try model(path, .readWrite)
let filling = try await measure(entries) { _ = try await filled.model.respond(to: request($0), in: context($0)) }
let misses = try await measure(sample) {
    _ = try await filled.model.respond(to: request(entries + $0), in: context(entries + $0))
}
filled.replies.close()
let reader = try model(path, .readWrite)
// Each reply once, in no order of the file: a run that asks the same again draws anew.
let hits = try await measure(sample) { place in
    let number = place &* 48_271 % entries
    let reply = try await reader.model.respond(to: request(number), in: context(number))
    guard reply.isReplayed else { throw EvaluationError(.unexpected, "no hit", cause: .gage) }
}
reader.replies.close()
var status = stat()
stat(path, &status)
print("making the request and asking the model: \(Int(bare)) µs")
print("filling to \(entries) replies: \(Int(filling)) µs a call")
print("a miss at \(entries) replies: \(Int(misses)) µs, of which \(Int(misses - bare)) µs are the cache's")
print("a hit at \(entries) replies: \(Int(hits)) µs, of which \(Int(hits - bare)) µs are the cache's")
print("the file: \(status.st_size >> 20) MiB, \(Int(status.st_size) / (entries + sample)) bytes a reply")
for name in ["", "-wal", "-shm"] { unlink(path + name) }
rmdir(directory)
