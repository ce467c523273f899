import ArgumentParser
import Engine
import Evaluation
import GageConfiguration

/// `--cache`, `--no-cache` and `--cache-mode`.
struct CacheOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Keep models' replies in this file, and take them from it.", valueName: "file"))
    var cache: String?

    @Flag(help: "Ask for every reply anew, and keep none, whatever the configuration says.")
    var noCache = false

    @Option(help: ArgumentHelp("read_write, read, refresh or off.", valueName: "mode"), transform: Self.mode)
    var cacheMode: CacheMode?

    private static func mode(_ text: String) throws -> CacheMode {
        let words = CacheMode.allCases.map(\.rawValue)
        guard let mode = CacheMode(rawValue: text) else {
            throw ValidationError("--cache-mode wants one of \(words.joined(separator: ", ")), not '\(text)'")
        }
        return mode
    }

    func validate() throws {
        if noCache, cache != nil || cacheMode != nil {
            throw ValidationError("--no-cache goes neither with --cache nor with --cache-mode")
        }
    }

    /// What the plan and these options wish; the options win.
    func wishes(_ plan: Plan) -> ReplyWishes {
        var wishes = ReplyWishes(plan)
        if noCache { wishes.cache = nil }
        if let cache {
            let path = PlannedCache.resolved(
                cache, baseDirectory: plan.baseDirectory, environment: plan.environment)
            wishes.cache = PlannedCache(
                path: path, mode: wishes.cache?.mode ?? .readWrite, maximumAge: wishes.cache?.maximumAge)
        }
        guard let cacheMode else { return wishes }
        if wishes.cache == nil, cacheMode != .off {
            wishes.cache = PlannedCache(path: PlannedCache.defaultPath(environment: plan.environment))
        }
        wishes.cache?.mode = cacheMode
        return wishes
    }
}

/// `--record` and `--replay`.
struct CassetteOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Record every call of every model to this cassette.", valueName: "file"))
    var record: String?

    @Option(
        help: ArgumentHelp(
            "Answer every call of every model from this cassette; no server is asked.", valueName: "file")
    )
    var replay: String?

    func validate() throws {
        if record != nil, replay != nil { throw ValidationError("--record and --replay exclude each other") }
    }

    /// Adds what these options wish.
    func apply(to wishes: inout ReplyWishes, continues: Bool) {
        wishes.recording = record
        wishes.replay = replay
        wishes.continuesRecording = continues
    }
}
