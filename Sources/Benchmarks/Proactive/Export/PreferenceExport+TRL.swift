import JSON

extension PreferenceExport {
    static let trlConfiguration = "dpo.yaml"

    /// `dpo.yaml` for `trl dpo --config`, our own programs, and a script that runs one or the other.
    func trlFiles() -> [File] {
        var lines: [String] = []
        if model.isTinyRandom {
            lines.append("[ -d init ] || \"${PYTHON:-python3}\" action_policy.py init --data train.jsonl --output init")
        }
        let own = (["train_dpo.py"] + trainingArguments(model: startModel, output: modelDirectory)).map(quoted).joined(
            separator: " ")
        switch format {
        case .trlConversational: lines.append("exec trl dpo --config dpo.yaml")
        default:
            lines.append("# The same by TRL's own program: trl dpo --config dpo.yaml")
            lines.append("exec \"${PYTHON:-python3}\" \(own)")
        }
        return [File(name: Self.trlConfiguration, text: ConfigurationText.yaml(trlConfiguration))]
            + PythonPrograms.files + [script(lines)]
    }

    /// The arguments of `train_dpo.py`, with file names relative to the export.
    func trainingArguments(model start: String, output: String) -> [String] {
        var arguments = [
            "--data", Self.trainingFile, "--eval-data", Self.heldOutFile, "--model", start, "--output", output,
            "--epochs", text(model.epochs), "--lr", text(model.learningRate), "--beta", text(model.beta),
            "--seed", String(model.seed), "--batch", String(model.batch), "--accumulation",
            String(model.accumulation), "--max-length", String(model.maximumLength), "--lora-r",
            String(model.adapterRank), "--lora-alpha", String(model.adapterAlpha), "--lora-dropout",
            text(model.adapterDropout), "--scoring", model.scoring.rawValue,
        ]
        if let steps = model.maximumSteps { arguments += ["--max-steps", String(steps)] }
        if model.usesFourBits { arguments.append("--four-bit") }
        return arguments
    }

    private func text(_ value: Double) -> String { JSONValue(value).text() }

    private var trlConfiguration: JSONObject {
        var object: JSONObject = [
            "model_name_or_path": .string(startModel),
            "datasets": [["path": "json", "data_files": .string(Self.trainingFile), "split": "train"]],
            "output_dir": .string(modelDirectory), "num_train_epochs": JSONValue(model.epochs),
            "learning_rate": JSONValue(model.learningRate), "beta": JSONValue(model.beta),
            "max_length": JSONValue(model.maximumLength), "per_device_train_batch_size": JSONValue(model.batch),
            "gradient_accumulation_steps": JSONValue(model.accumulation), "max_grad_norm": 1.0,
            "optim": "adamw_torch", "seed": JSONValue(Int64(clamping: model.seed)), "logging_steps": 1,
            "save_strategy": "no", "report_to": "none", "disable_tqdm": true,
            "bf16": .bool(!model.isTinyRandom), "gradient_checkpointing": .bool(!model.isTinyRandom),
        ]
        if let steps = model.maximumSteps { object["max_steps"] = JSONValue(steps) }
        if model.adapterRank > 0 {
            object["use_peft"] = true
            object["lora_r"] = JSONValue(model.adapterRank)
            object["lora_alpha"] = JSONValue(model.adapterAlpha)
            object["lora_dropout"] = JSONValue(model.adapterDropout)
            object["lora_target_modules"] = .array(Self.projections.map { .string($0) })
        }
        if model.usesFourBits { object["load_in_4bit"] = true }
        return object
    }

    /// The projections of attention and feed-forward layers, which adapters go to.
    static let projections = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
}
