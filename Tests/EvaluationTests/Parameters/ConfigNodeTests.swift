import Evaluation
import JSON
import Testing

@Suite struct ConfigNodeTests {
    @Test func knowsThePathsOfItsParts() {
        let node = Node.of(["a": [1, ["b.c": "x"]], "d e": nil, "q\"": 1])
        #expect(node["a"]?.items?[1].path == "a[1]")
        #expect(node["a"]?.items?[1]["b.c"]?.path == "a[1][\"b.c\"]")
        #expect(node["d e"]?.path == "d e")
        #expect(node["q\""]?.path == "[\"q\\\"\"]")
        #expect(JSONPath("a[1][\"b.c\"]")?.value(in: node.json) == "x")
    }

    @Test func givesItsJSONBack() {
        let json: JSONValue = ["a": [1, 2.5, "x", nil, true], "b": ["c": [:]]]
        #expect(Node.of(json).json == json)
    }

    @Test func saysWhatItIs() {
        #expect(Node.of([1]).kindName == "a list")
        #expect(Node.of([:]).kindName == "a mapping")
        #expect(Node.of("x").kindName == "text")
        #expect(Node.of(1.5).kindName == "a number")
        #expect(Node.of(true).kindName == "true/false")
        #expect(Node.of(nil).kindName == "null")
        #expect(Node.of(nil).isNull)
        #expect(Node.of(12).text == "12")
        #expect(Node.of(12).string == nil)
        #expect(Node.of("x").string == "x")
        #expect(Node.of("x")["a"] == nil)
    }
}

@Suite struct RegistrationTests {
    private struct Refusing: Kit {
        var name: String { "refusing" }

        func register(in registry: inout Registry) {
            registry.hooks.register(
                Registration("hook", aliases: ["alias"], summary: "A hook.", parameters: SampleBlock.self) { block in
                    if block.name == "no" {
                        throw EvaluationError(
                            .configurationInvalid, "not this one", cause: .configuration, advice: "take another")
                    }
                    return NoHook()
                })
        }
    }

    private struct NoHook: AgentHook {
        func run(on episode: inout Episode, in scope: EpisodeScope) async throws {}
    }

    private let registration = Registry(kits: [Refusing()]).hooks["alias"]

    @Test func isFoundUnderItsAliasAndDescribesItself() throws {
        let registry = Registry(kits: [Refusing()])
        #expect(registry.hooks["alias"]?.key == "hook")
        #expect(registry.hooks["other"] == nil)
        #expect(registry.hooks.keys == ["hook"])
        #expect(registry.hooks.names == ["hook", "alias"])
        #expect(registry.kits == ["refusing"])
        #expect(registration?.fields.map(\.name).prefix(2) == ["name", "count"])
    }

    @Test func makesNothingFromABadBlock() throws {
        let registration = try #require(registration)
        var diagnostics = Diagnostics()
        #expect(registration.make(from: Node.of(["count": 0]), into: &diagnostics) == nil)
        let first = diagnostics.errorCount
        #expect(first == 2)
        // Reports that are known already are errors all the same.
        #expect(registration.make(from: Node.of(["count": 0]), into: &diagnostics) == nil)
        #expect(diagnostics.errorCount == first)
        #expect(registration.make(from: Node.of(["name": "a"]), into: &diagnostics) != nil)
    }

    @Test func reportsWhatMakingThrows() throws {
        var diagnostics = Diagnostics()
        #expect(try #require(registration).make(from: Node.of(["name": "no"]), into: &diagnostics) == nil)
        #expect(diagnostics.all.map(\.description) == ["f:1:1: error: not this one\n    take another"])
    }
}
