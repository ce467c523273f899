import Evaluation
import Processes

/// The command line that starts a model server.
struct ServerCommand {
    let parameters: VLLMServerParameters
    let port: Int

    /// The program and its arguments.
    ///
    /// The model comes right after the command, as `vllm serve` wants it. A command that says itself where model, host or
    /// port stand gets them there and nowhere else.
    var words: [String] {
        let template = parameters.command.joined(separator: "\n")
        var words = parameters.command.map(filled)
        if !template.contains("{model}") { words.append(parameters.calls.model) }
        if !template.contains("{host}") { words += ["--host", parameters.host] }
        if !template.contains("{port}") { words += ["--port", String(port)] }
        if let name = parameters.servedModelName { words += ["--served-model-name", name] }
        if let share = parameters.gpuMemoryUtilization { words += ["--gpu-memory-utilization", "\(share)"] }
        if let length = parameters.maxModelLen { words += ["--max-model-len", String(length)] }
        if parameters.enableAutoToolChoice { words.append("--enable-auto-tool-choice") }
        if let parser = parameters.toolCallParser { words += ["--tool-call-parser", parser] }
        if parameters.disableLogStats { words.append("--disable-log-stats") }
        return words + parameters.extraArgs
    }

    private func filled(_ word: String) -> String {
        word.replacing("{model}", with: parameters.calls.model).replacing("{host}", with: parameters.host)
            .replacing("{port}", with: String(port))
    }

    /// The process to start, in this directory.
    func process(in directory: String) -> ProcessCommand {
        let words = words
        var command = ProcessCommand(words[0], Array(words.dropFirst()))
        var variables = parameters.env
        // vLLM reads its key from here; on the command line every user of the machine could read it.
        if let key = parameters.calls.apiKey { variables["VLLM_API_KEY"] = key }
        command.environment = .inheritAdding(variables)
        command.workingDirectory = directory.isEmpty ? nil : directory
        command.mergesStandardError = true
        command.gracePeriod = .bounded(seconds: parameters.stopTimeout)
        return command
    }
}
