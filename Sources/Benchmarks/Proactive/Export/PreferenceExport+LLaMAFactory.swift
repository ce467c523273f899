import JSON

extension PreferenceExport {
    /// `dataset_info.json`, which names the data, and `dpo.yaml` for `llamafactory-cli train`.
    func llamaFactoryFiles() -> [File] {
        let columns: JSONValue = [
            "prompt": "instruction", "query": "input", "chosen": "chosen", "rejected": "rejected",
        ]
        let information: JSONValue = [
            "gage_proactive": ["file_name": .string(Self.trainingFile), "ranking": true, "columns": columns],
            "gage_proactive_heldout": ["file_name": .string(Self.heldOutFile), "ranking": true, "columns": columns],
        ]
        var settings: JSONObject = [
            "model_name_or_path": .string(model.model), "stage": "dpo", "do_train": true,
            "finetuning_type": .string(model.adapterRank > 0 ? "lora" : "full"), "pref_beta": JSONValue(model.beta),
            "pref_loss": "sigmoid", "dataset": "gage_proactive", "eval_dataset": "gage_proactive_heldout",
            "dataset_dir": ".", "template": "default", "cutoff_len": JSONValue(model.maximumLength),
            "output_dir": .string(modelDirectory), "per_device_train_batch_size": JSONValue(model.batch),
            "gradient_accumulation_steps": JSONValue(model.accumulation),
            "learning_rate": JSONValue(model.learningRate), "num_train_epochs": JSONValue(model.epochs),
            "max_grad_norm": 1.0, "seed": JSONValue(Int64(clamping: model.seed)), "bf16": true, "logging_steps": 10,
            "eval_strategy": "epoch", "save_strategy": "no", "report_to": "none",
        ]
        if model.adapterRank > 0 {
            settings["lora_rank"] = JSONValue(model.adapterRank)
            settings["lora_alpha"] = JSONValue(model.adapterAlpha)
            settings["lora_dropout"] = JSONValue(model.adapterDropout)
            settings["lora_target"] = "all"
        }
        if let steps = model.maximumSteps { settings["max_steps"] = JSONValue(steps) }
        if model.usesFourBits { settings["quantization_bit"] = 4 }
        return [
            File(name: "dataset_info.json", text: information.text(.pretty) + "\n"),
            File(name: "dpo.yaml", text: ConfigurationText.yaml(settings)),
            script([
                "# 'template' in dpo.yaml has to be the model's own: llama3, qwen3, ...",
                "exec llamafactory-cli train dpo.yaml",
            ]),
        ]
    }
}
