import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Reports
import Storage

/// `gage cache`: looks at the cache of model replies, and makes it smaller.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache", abstract: "Look at the cache of models' replies, and make it smaller.",
        subcommands: [CacheListCommand.self, CacheStatsCommand.self, CachePruneCommand.self])
}

/// Which cache is meant.
struct CacheFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The cache's file; the one in your cache directory by default.", valueName: "file"))
    var path: String?

    @Flag(help: "As JSON.")
    var json = false

    func open(_ access: ReplyStore.Access) throws -> ReplyStore {
        let environment = ProcessEnvironment.variables()
        let file =
            path.map {
                PlannedCache.resolved(
                    $0, baseDirectory: ProcessEnvironment.currentDirectory(), environment: environment)
            } ?? PlannedCache.defaultPath(environment: environment)
        if access == .readWrite { try ReplyStore(path: file, access: .readOnly).close() }
        return try ReplyStore(path: file, access: access)
    }

    /// A moment as people read it: how long ago it was.
    static func ago(_ moment: Double) -> String {
        "\(NumberText.duration(max(0, SystemClock().wallSeconds - moment))) ago"
    }
}

/// Prints tables as wide as the terminal.
private enum CacheTable {
    static func show(_ columns: [TextTable.Column], _ rows: [[String]]) {
        var table = TextTable(columns)
        for row in rows { table.add(row) }
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables())
        for line in table.lines(on: terminal) { Output.result(line) }
    }
}

/// `gage cache list`: lists replies.
struct CacheListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the replies that were used or kept last.")

    @OptionGroup var file: CacheFileOptions

    @Option(help: "Only replies of this model.")
    var model: String?

    @Option(help: "How many.")
    var limit = 20

    func run() throws {
        let rows = try file.open(.readOnly).listing(model: model, limit: limit)
        guard !file.json else {
            return Output.result(
                JSONValue.array(
                    rows.map { row in
                        [
                            "digest": .string(row.digest), "model": .string(row.model), "bytes": JSONValue(row.bytes),
                            "uses": JSONValue(row.uses), "created": JSONValue(row.created),
                            "used": JSONValue(row.used),
                        ]
                    }
                ).text(.pretty))
        }
        let cells = rows.map { row in
            [
                String(row.digest.prefix(12)), row.model, ByteSize(bytes: row.bytes).text, "\(row.uses)",
                CacheFileOptions.ago(row.created), CacheFileOptions.ago(row.used),
            ]
        }
        CacheTable.show(
            [
                .init("reply"), .init("model", canShrink: true), .init("size", .right), .init("uses", .right),
                .init("kept", .right), .init("last used", .right),
            ], cells)
    }
}

/// `gage cache stats`: sums the cache up.
struct CacheStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Show what the cache holds, and what it saved, by model.")

    @OptionGroup var file: CacheFileOptions

    func run() throws {
        let store = try file.open(.readOnly)
        let models = try store.statistics()
        let bytes = try store.fileBytes()
        guard !file.json else { return Output.result(json(models, bytes, store.path).text(.pretty)) }
        let replies = models.reduce(0) { $0 + $1.replies }
        Output.result("\(store.path): \(replies) replies, \(ByteSize(bytes: bytes).text)")
        guard !models.isEmpty else { return }
        let cells = models.map { model in
            [
                model.model, "\(model.replies)", ByteSize(bytes: model.bytes).text, "\(model.uses)",
                "\(model.savedTokens)",
                NumberText.dollars(model.savedCost), model.lastUsed.map(CacheFileOptions.ago) ?? "",
            ]
        }
        CacheTable.show(
            [
                .init("model", canShrink: true), .init("replies", .right), .init("size", .right),
                .init("uses", .right), .init("tokens saved", .right), .init("saved", .right),
                .init("last used", .right),
            ], cells)
    }

    private func json(_ models: [ReplyStore.Statistics], _ bytes: Int, _ path: String) -> JSONValue {
        [
            "path": .string(path), "file_bytes": JSONValue(bytes),
            "replies": JSONValue(models.reduce(0) { $0 + $1.replies }),
            "models": .array(
                models.map { model in
                    [
                        "model": .string(model.model), "replies": JSONValue(model.replies),
                        "bytes": JSONValue(model.bytes), "uses": JSONValue(model.uses),
                        "saved_tokens": JSONValue(model.savedTokens), "saved_cost": JSONValue(model.savedCost),
                        "oldest": model.oldest.map { JSONValue($0) } ?? .null,
                        "last_used": model.lastUsed.map { JSONValue($0) } ?? .null,
                    ]
                }),
        ]
    }
}

/// `gage cache prune`: removes replies.
struct CachePruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove replies by age, size or model, and give their space back.")

    @OptionGroup var file: CacheFileOptions

    @Option(
        help: ArgumentHelp("Replies that were not used for so long: 30d, 12h, 90m.", valueName: "time"),
        transform: Self.span)
    var olderThan: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "Replies that were not used for the longest time, until the file is no larger: 1GB, 500MB.",
            valueName: "size"), transform: Self.size)
    var maxSize: ByteSize?

    @Option(help: "Only replies of this model.")
    var model: String?

    @Flag(help: "All replies.")
    var all = false

    @Flag(help: "Only say what would go.")
    var dryRun = false

    func validate() throws {
        guard all || olderThan != nil || maxSize != nil || model != nil else {
            throw ValidationError("say what to remove: --older-than, --max-size, --model, or --all")
        }
        guard !all || (olderThan == nil && maxSize == nil && model == nil) else {
            throw ValidationError("--all goes with none of the others")
        }
    }

    func run() throws {
        var pruning = ReplyStore.Pruning()
        pruning.model = model
        pruning.notUsedSince = olderThan.map { SystemClock().wallSeconds - $0.seconds }
        pruning.maximumBytes = maxSize?.bytes
        let store = try file.open(.readWrite)
        let pruned = try store.prune(pruning, isRehearsal: dryRun)
        let size = try store.fileBytes()
        store.close()
        guard !file.json else {
            return Output.result(
                JSONValue.object([
                    "replies": JSONValue(pruned.replies), "bytes": JSONValue(pruned.bytes),
                    "file_bytes": JSONValue(size), "dry_run": .bool(dryRun),
                ]).text())
        }
        let what =
            "\(pruned.replies) \(pruned.replies == 1 ? "reply" : "replies"), \(ByteSize(bytes: pruned.bytes).text)"
        Output.result(
            dryRun ? "would remove \(what)" : "removed \(what); the file has \(ByteSize(bytes: size).text) now")
    }

    private static func span(_ text: String) throws -> TimeSpan {
        guard let span = TimeSpan(text) else {
            throw ValidationError("a length of time is written as in 30d, 12h or 90m, not '\(text)'")
        }
        return span
    }

    private static func size(_ text: String) throws -> ByteSize {
        guard let size = ByteSize(text) else {
            throw ValidationError("a size is written as in 1GB, 500MB or 64KiB, not '\(text)'")
        }
        return size
    }
}
