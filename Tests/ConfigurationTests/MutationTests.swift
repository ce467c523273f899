import Evaluation
import Glibc
import Testing

@testable import GageConfiguration

@Suite struct MutationTests {
    /// How many broken variants are tried in all.
    static let count = 200

    /// Another seed can be given in `GAGE_MUTATION_SEED`; `GAGE_MUTATIONS` changes the number.
    private static func setting(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    @Test(arguments: Configuration.all)
    func isRightBeforeItIsBroken(configuration: Configuration) {
        #expect(configuration.load().errors == [])
    }

    @Test func everyMistakeIsReportedWhereItIs() throws {
        let seed = UInt64(Self.setting("GAGE_MUTATION_SEED") ?? 20_250_101)
        let count = Self.setting("GAGE_MUTATIONS") ?? Self.count
        print("mutations: seed \(seed), \(count) variants of \(Configuration.all.count) configurations")
        var random = SeededGenerator(seed: seed)
        let mutators = Configuration.all.compactMap { configuration in
            Mutator(configuration).map { (configuration, $0) }
        }
        #expect(mutators.count == Configuration.all.count)
        var tried: [Mutation.Kind: Int] = [:]
        var total = 0
        while total < count {
            for kind in Mutation.Kind.allCases where total < count {
                let (configuration, mutator) = try #require(mutators.randomElement(using: &random))
                guard let mutation = mutator.mutation(kind, using: &random) else { continue }
                check(configuration.load(mutation.text), mutation, file: configuration.name)
                tried[kind, default: 0] += 1
                total += 1
            }
        }
        for kind in Mutation.Kind.allCases { #expect(tried[kind, default: 0] > 0, "no \(kind) was tried") }
    }

    private func check(_ result: LoadResult, _ mutation: Mutation, file: String) {
        let places = result.diagnostics.all.filter { $0.severity == .error }.compactMap(\.location)
        let isFound = places.contains { $0.file == file && mutation.lines.contains($0.line) }
        #expect(isFound, "\(mutation.summary)\n\(result.diagnostics.all.map(\.description).joined(separator: "\n"))")
        #expect(result.plan.map { $0.name } == nil, "\(mutation.summary)")
    }
}
