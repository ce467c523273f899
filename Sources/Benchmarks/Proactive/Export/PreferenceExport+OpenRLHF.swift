import JSON

extension PreferenceExport {
    /// The script with all options, OpenRLHF having no configuration file, and `options.json` with the same ones.
    func openRLHFFiles() -> [File] {
        var options: [(String, String?)] = [
            ("pretrain", model.model), ("save_path", modelDirectory), ("dataset", Self.trainingFile),
            ("eval_dataset", Self.heldOutFile), ("chosen_key", "chosen"), ("rejected_key", "rejected"),
            ("apply_chat_template", nil), ("beta", number(model.beta)),
            ("learning_rate", number(model.learningRate)),
            ("max_epochs", String(max(1, Int(model.epochs.rounded(.up))))), ("max_len", String(model.maximumLength)),
            ("micro_train_batch_size", String(model.batch)),
            ("train_batch_size", String(model.batch * model.accumulation)), ("seed", String(model.seed)),
            ("gradient_checkpointing", nil), ("logging_steps", "1"), ("save_steps", "-1"),
        ]
        if model.adapterRank > 0 {
            options += [
                ("lora_rank", String(model.adapterRank)), ("lora_alpha", String(model.adapterAlpha)),
                ("lora_dropout", number(model.adapterDropout)),
            ]
        }
        if model.usesFourBits { options.append(("load_in_4bit", nil)) }
        var json: JSONObject = [:]
        for (name, value) in options { json[name] = value.map { .string($0) } ?? true }
        let lines = options.map { name, value in "    --\(name)" + (value.map { " " + quoted($0) } ?? "") }
        return [
            File(name: "options.json", text: JSONValue.object(json).text(.pretty) + "\n"),
            script(
                [
                    "# Needs GPUs and DeepSpeed.",
                    "exec torchrun --standalone --nproc-per-node \"${NPROC_PER_NODE:-1}\" -m openrlhf.cli.train_dpo \\",
                    lines.joined(separator: " \\\n"),
                ]),
        ]
    }

    private func number(_ value: Double) -> String { JSONValue(value).text() }
}
