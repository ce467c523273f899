import Evaluation
import Testing

@Suite struct ShardTests {
    @Test(arguments: [1, 2, 3, 7, 10, 11])
    func everySampleIsInExactlyOneShard(count: Int) {
        let shards = (1...count).compactMap { Shard(number: $0, count: count) }
        #expect(shards.count == count)
        for ordinal in 0..<50 {
            let owners = shards.filter { $0.contains(ordinal) }.map(\.number)
            #expect(owners == [Shard.owner(of: ordinal, count: count)])
            for shard in shards {
                let next = (ordinal...).first { shard.contains($0) }
                #expect(next == ordinal + shard.distance(from: ordinal))
            }
        }
        for samples in 0..<50 {
            for shard in shards { #expect(shard.share(of: samples) == (0..<samples).count { shard.contains($0) }) }
        }
    }

    @Test func shardsAreReadAsTheyAreWritten() {
        for text in ["1/1", "2/4", "100000/100000"] { #expect(Shard(text)?.description == text) }
        #expect(Shard(directoryName: "2-of-4") == Shard("2/4"))
        #expect(Shard("2/4")?.directoryName == "2-of-4")
        for text in ["0/1", "2/1", "-1/2", "1/2/3", " 1/2", "1-of-2", "٣/٤", "99999999999999999999/2", ""] {
            #expect(Shard(text) == nil, "\(text)")
        }
    }
}
