import ArgumentParser
import Evaluation
import JSON
import Models
import Proactive

/// `gage proactive`: ProactiveLLM, step by step on files.
struct ProactiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proactive",
        abstract: "ProactiveLLM: when should an assistant ask, and when act?",
        discussion: """
            The steps of the published pipeline on its files. Relative outputs go below data/, inputs are looked for there \
            too. `gage run --config config/proactive/pipeline.yaml` does all of it in one run.
            """,
        subcommands: [
            ProactiveGenerateCommand.self, ProactiveRewardsCommand.self, ProactiveConvertCommand.self,
            ProactiveTestKeyCommand.self,
        ] + ProactivePolicyCommands.all,
        aliases: ["proact"])
}

/// The options that name a model.
struct ProactiveChatModelOptions: ParsableArguments {
    @Option(
        name: .customLong("llm_model"),
        help: "The model that writes, by a LiteLLM-style name; without one, messages are made up offline.")
    var llmModel: String?

    @Option(
        name: [.customLong("base_url"), .customLong("api_base")],
        help: "The endpoint, where it is not the provider's own (or $OPENAI_BASE_URL).")
    var baseURL: String?

    /// The model, where one is named.
    func model(_ components: Components) throws -> (any ChatModel)? {
        guard let llmModel, !llmModel.isEmpty else { return nil }
        return try Self.model(llmModel, baseURL: baseURL, components)
    }

    /// A model by its name.
    static func model(_ name: String, baseURL: String?, _ components: Components) throws -> any ChatModel {
        let models = RunModels(
            backends: [], resolver: ModelNameResolver(client: components.client),
            baseDirectory: ProcessEnvironment.currentDirectory(), environment: ProcessEnvironment.variables())
        return try models.model(named: name, parameters: baseURL.map { ["api_base": .string($0)] } ?? [:])
    }
}

/// `gage proactive test-key`: whether a model answers with the key that is there.
struct ProactiveTestKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-key",
        abstract: "Ask a model one word, to see whether the key in the environment works. Never shows the key.")

    @OptionGroup var options: ProactiveChatModelOptions

    func run() async throws {
        let name = options.llmModel ?? "gpt-4o-mini"
        let model = try ProactiveChatModelOptions.model(name, baseURL: options.baseURL, Components())
        Output.note("a key for '\(name)' is there; asking for one word")
        let request = ChatRequest(
            messages: [.user("Answer with the one word: ready")], parameters: ["max_tokens": 16])
        let call = CallContext(episode: EpisodeID(task: "proactive", sample: "test-key", trial: 0), purpose: "test-key")
        let response = try await model.respond(to: request, in: call)
        Output.result("'\(response.model)' answered: \(response.message.text ?? "(nothing)")")
    }
}
