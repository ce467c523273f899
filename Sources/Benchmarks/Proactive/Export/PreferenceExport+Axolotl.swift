import JSON

extension PreferenceExport {
    /// `axolotl.yml` for `axolotl train`, reading the plain rows as they are.
    func axolotlFiles() -> [File] {
        let fields: JSONValue = [
            "field_prompt": "prompt", "field_chosen": "chosen", "field_rejected": "rejected",
            "prompt_format": "{prompt}", "chosen_format": "{chosen}", "rejected_format": "{rejected}",
        ]
        func data(_ file: String) -> JSONValue {
            [["path": .string(file), "ds_type": "json", "split": "train", "type": fields]]
        }
        var settings: JSONObject = [
            "base_model": .string(model.model), "rl": "dpo", "rl_beta": JSONValue(model.beta),
            "datasets": data(Self.trainingFile), "test_datasets": data(Self.heldOutFile),
            "output_dir": .string(modelDirectory), "sequence_len": JSONValue(model.maximumLength),
            "micro_batch_size": JSONValue(model.batch),
            "gradient_accumulation_steps": JSONValue(model.accumulation), "num_epochs": JSONValue(model.epochs),
            "learning_rate": JSONValue(model.learningRate), "optimizer": "adamw_torch", "lr_scheduler": "linear",
            "max_grad_norm": 1.0, "seed": JSONValue(Int64(clamping: model.seed)), "bf16": "auto",
            "gradient_checkpointing": true, "logging_steps": 10, "save_strategy": "no",
        ]
        if model.adapterRank > 0 {
            settings["adapter"] = .string(model.usesFourBits ? "qlora" : "lora")
            settings["lora_r"] = JSONValue(model.adapterRank)
            settings["lora_alpha"] = JSONValue(model.adapterAlpha)
            settings["lora_dropout"] = JSONValue(model.adapterDropout)
            settings["lora_target_modules"] = .array(Self.projections.map { .string($0) })
        }
        if model.usesFourBits { settings["load_in_4bit"] = true }
        if let steps = model.maximumSteps { settings["max_steps"] = JSONValue(steps) }
        return [
            File(name: "axolotl.yml", text: ConfigurationText.yaml(settings)),
            script(["exec axolotl train axolotl.yml"]),
        ]
    }
}
