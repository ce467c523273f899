import Evaluation
import GRDB
import Glibc
import Storage
import Testing

@Suite("The store of model replies")
struct ReplyStoreTests {
    private static func digest(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: 64 - text.utf8.count) + text
    }

    private static func reply(_ text: String, model: String = "m") -> ReplyStore.Reply {
        ReplyStore.Reply(body: text, model: model, tokens: 10, cost: 0.5)
    }

    private static func fill(_ store: ReplyStore, _ count: Int, model: String = "m", at time: Double = 100) throws {
        let body = String(repeating: "x", count: 1000)
        for number in 0..<count {
            try store.store(reply(body, model: model), for: digest(number), now: time + Double(number))
        }
    }

    @Test func whatIsStoredIsThereForTheNextProcess() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/deep/er/replies.sqlite"
        let first = try ReplyStore(path: path)
        #expect(try first.reply(for: Self.digest(1), now: 0) == nil)
        try first.store(Self.reply("one"), for: Self.digest(1), now: 5)
        try first.store(Self.reply("two"), for: Self.digest(1), now: 6)
        // Beside the first, as another process would be.
        let second = try ReplyStore(path: path, access: .readOnly)
        #expect(try second.reply(for: Self.digest(1), now: 0) == "two")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func repliesGrowTooOld() throws {
        let directory = try TemporaryDirectory()
        let store = try ReplyStore(path: directory.path + "/r.sqlite")
        try store.store(Self.reply("one"), for: Self.digest(1), now: 100)
        #expect(try store.reply(for: Self.digest(1), notOlderThan: 50, now: 150) == "one")
        #expect(try store.reply(for: Self.digest(1), notOlderThan: 50, now: 151) == nil)
    }

    @Test func usesAreCountedAndSummedUpByModel() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/r.sqlite"
        let store = try ReplyStore(path: path)
        try Self.fill(store, 3)
        try store.store(Self.reply("small", model: "other"), for: Self.digest(9), now: 50)
        for _ in 0..<4 { _ = try store.reply(for: Self.digest(0), now: 200) }
        store.close()
        let statistics = try ReplyStore(path: path, access: .readOnly).statistics()
        #expect(statistics.map(\.model) == ["m", "other"])
        #expect(statistics[0].replies == 3 && statistics[0].bytes == 3000 && statistics[0].uses == 4)
        #expect(statistics[0].savedTokens == 40 && statistics[0].savedCost == 2)
        #expect(statistics[0].oldest == 100 && statistics[0].lastUsed == 200)
        let listing = try ReplyStore(path: path, access: .readOnly).listing(model: "m", limit: 2)
        #expect(listing.map(\.digest) == [Self.digest(0), Self.digest(2)])
        #expect(listing[0].uses == 4)
    }

    @Test func pruningTakesWhatWasNotUsedForTheLongestTime() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/r.sqlite"
        let store = try ReplyStore(path: path)
        try Self.fill(store, 500)
        var byAge = ReplyStore.Pruning()
        byAge.notUsedSince = 110
        #expect(try store.prune(byAge, isRehearsal: true).replies == 10)
        #expect(try store.prune(byAge).replies == 10)
        #expect(try store.prune(byAge).replies == 0)
        var bySize = ReplyStore.Pruning()
        bySize.maximumBytes = 300_000
        let rehearsed = try store.prune(bySize, isRehearsal: true)
        #expect(try store.statistics().first?.replies == 490)
        #expect(try store.prune(bySize) == rehearsed)
        #expect(try store.fileBytes() <= 300_000)
        let left = try #require(try store.statistics().first?.replies)
        #expect(left > 150 && left < 300, "\(left)")
        #expect(try store.reply(for: Self.digest(499), now: 0) != nil)
        #expect(try store.reply(for: Self.digest(20), now: 0) == nil)
        #expect(try store.prune(bySize).replies == 0)
    }

    @Test func pruningCanBeOfOneModelOrOfAll() throws {
        let directory = try TemporaryDirectory()
        let store = try ReplyStore(path: directory.path + "/r.sqlite")
        try Self.fill(store, 5)
        try store.store(Self.reply("small", model: "other"), for: Self.digest(9), now: 50)
        var ofOne = ReplyStore.Pruning()
        ofOne.model = "m"
        #expect(try store.prune(ofOne).replies == 5)
        #expect(try store.statistics().map(\.model) == ["other"])
        #expect(try store.prune(.init()).replies == 1)
        #expect(try store.statistics().isEmpty)
    }

    @Test(arguments: ["my notes, which are longer than a header", "x"])
    func aFileThatIsSomethingElseIsRefusedAndLeftAlone(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/r.sqlite"
        append(text, to: path)
        let error = #expect(throws: EvaluationError.self) { try ReplyStore(path: path) }
        #expect(error?.cause == .configuration)
        #expect(contents(path) == text)
    }

    @Test func anotherProgramsDatabaseIsRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/r.sqlite"
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE mine (a)") }
        let error = #expect(throws: EvaluationError.self) { try ReplyStore(path: path) }
        #expect(error?.message.contains("no cache of gage's") == true)
    }

    @Test func aCacheOfALaterVersionIsRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/r.sqlite"
        try ReplyStore(path: path).close()
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 9") }
        let error = #expect(throws: EvaluationError.self) { try ReplyStore(path: path) }
        #expect(error?.message.contains("format 9") == true)
    }

    @Test func aReplyThatWasChangedInTheFileIsNotThere() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/r.sqlite"
        let store = try ReplyStore(path: path)
        try Self.fill(store, 2)
        try DatabaseQueue(path: path).write { database in
            try database.execute(
                sql: "UPDATE reply SET body = 'y' || body WHERE digest = ?", arguments: [Self.digest(0)])
            // A reply under another's digest.
            try database.execute(
                sql: "UPDATE reply SET digest = ? WHERE digest = ?", arguments: [Self.digest(7), Self.digest(1)])
        }
        #expect(try store.reply(for: Self.digest(0), now: 0) == nil)
        #expect(try store.reply(for: Self.digest(7), now: 0) == nil)
        try store.store(Self.reply("new"), for: Self.digest(0), now: 0)
        #expect(try store.reply(for: Self.digest(0), now: 0) == "new")
    }

    @Test func damagedPagesAreErrorsOrMissingRepliesAndNeverWrongOnes() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/r.sqlite"
        let store = try ReplyStore(path: path)
        for number in 0..<200 {
            try store.store(
                Self.reply("reply \(number) " + String(repeating: "z", count: 900)), for: Self.digest(number), now: 1)
        }
        store.close()
        let size = contents(path).utf8.count
        let file = open(path, O_WRONLY)
        for place in stride(from: 8192, to: size, by: 5000) {
            let noise: [UInt8] = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ place) }
            #expect(pwrite(file, noise, noise.count, off_t(place)) == noise.count)
        }
        Glibc.close(file)
        var wrong = 0
        var found = 0
        do {
            let damaged = try ReplyStore(path: path)
            for number in 0..<200 {
                // An error is as good as a reply that is not there.
                guard let text = try? damaged.reply(for: Self.digest(number), now: 0) else { continue }
                found += 1
                if !text.hasPrefix("reply \(number) z") { wrong += 1 }
            }
        } catch {
            #expect(error.cause == .configuration)
        }
        #expect(wrong == 0)
        #expect(found < 200)
    }

    @Test func aMissingCacheIsNotMadeForReading() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: EvaluationError.self) {
            try ReplyStore(path: directory.path + "/no.sqlite", access: .readOnly)
        }
        #expect(error?.cause == .configuration)
        #expect(TemporaryDirectory.names(in: directory.path).isEmpty)
    }
}
