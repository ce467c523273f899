"""Trains a policy on preference rows {"prompt", "chosen", "rejected"} with TRL's DPOTrainer.

    python train_dpo.py --data train.jsonl --eval-data heldout.jsonl --model FOLDER|NAME|tiny-random --output FOLDER

Prints what happens as it goes on, and one JSON object of metrics as its last line.
"""

import argparse
import json
import os
import time

from action_policy import accuracy, action_margins, make_tiny_model, read_rows


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="the rows to train on")
    parser.add_argument("--eval-data", help="rows that are held out")
    parser.add_argument("--model", required=True, help="a folder, a name on the hub, or tiny-random")
    parser.add_argument("--output", required=True, help="where the trained model goes")
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--lr", type=float, default=5e-5)
    parser.add_argument("--beta", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--max-steps", type=int, default=-1, help="stop after so many steps; -1 for whole epochs")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--accumulation", type=int, default=16)
    parser.add_argument("--max-length", type=int, default=2048)
    parser.add_argument("--lora-r", type=int, default=0, help="rank of the adapter; 0 trains the whole model")
    parser.add_argument("--lora-alpha", type=int, default=16)
    parser.add_argument("--lora-dropout", type=float, default=0.05)
    parser.add_argument("--four-bit", action="store_true", help="load the model in four bits (needs bitsandbytes)")
    parser.add_argument("--scoring", choices=["sequence", "token"], default="sequence")
    return parser.parse_args()


def main():
    options = parse_options()
    import torch
    import transformers
    import trl
    from datasets import Dataset
    from transformers import AutoModelForCausalLM, AutoTokenizer

    started = time.monotonic()
    rows = read_rows(options.data)
    held_out = read_rows(options.eval_data) if options.eval_data else []
    base = options.model
    if base == "tiny-random":
        # The trainer loads the reference model from the model's own path: it has to be on disk first.
        base = os.path.join(options.output, "init")
        make_tiny_model([row["prompt"] + row[key] for row in rows for key in ("chosen", "rejected")], base, options.seed)
    tokenizer = AutoTokenizer.from_pretrained(base)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    on_gpu = torch.cuda.is_available()
    loading = {"dtype": torch.bfloat16} if on_gpu else {}
    if options.four_bit:
        from transformers import BitsAndBytesConfig
        loading["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16)
        loading["device_map"] = "auto"
    model = AutoModelForCausalLM.from_pretrained(base, **loading)
    prompts = [row["prompt"] for row in held_out]
    before = accuracy(action_margins(model, tokenizer, prompts, options.scoring, options.max_length), held_out)

    adapter = None
    if options.lora_r > 0:
        from peft import LoraConfig
        adapter = LoraConfig(
            r=options.lora_r, lora_alpha=options.lora_alpha, lora_dropout=options.lora_dropout, bias="none",
            task_type="CAUSAL_LM",
            target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"])
    settings = trl.DPOConfig(
        output_dir=options.output, num_train_epochs=options.epochs, max_steps=options.max_steps,
        learning_rate=options.lr, beta=options.beta, max_length=options.max_length, seed=options.seed,
        per_device_train_batch_size=options.batch, per_device_eval_batch_size=options.batch,
        gradient_accumulation_steps=options.accumulation, max_grad_norm=1.0, optim="adamw_torch", bf16=on_gpu,
        gradient_checkpointing=on_gpu, use_cpu=not on_gpu, logging_steps=1, save_strategy="no", report_to="none",
        disable_tqdm=True, dataloader_pin_memory=False)
    columns = ("prompt", "chosen", "rejected")
    dataset = Dataset.from_list([{key: row[key] for key in columns} for row in rows])
    evaluation = Dataset.from_list([{key: row[key] for key in columns} for row in held_out]) if held_out else None
    trainer = trl.DPOTrainer(
        model=model, args=settings, train_dataset=dataset, eval_dataset=evaluation, processing_class=tokenizer,
        peft_config=adapter)
    trainer.train()
    trainer.save_model(options.output)
    tokenizer.save_pretrained(options.output)
    curve = [
        {"step": entry["step"], "loss": float(entry["loss"]), "accuracy": float(entry["rewards/accuracies"])}
        for entry in trainer.state.log_history if "loss" in entry]
    after = accuracy(
        action_margins(trainer.model, tokenizer, prompts, options.scoring, options.max_length), held_out)
    held_out_loss = trainer.evaluate()["eval_loss"] if held_out else None
    print(json.dumps({
        "engine": "trl", "base_model": base, "train_rows": len(rows), "heldout_rows": len(held_out),
        "steps": trainer.state.global_step, "first_loss": curve[0]["loss"], "last_loss": curve[-1]["loss"],
        "heldout_loss": held_out_loss, "heldout_accuracy": after, "heldout_accuracy_untrained": before,
        "action_scoring": options.scoring, "curve": curve, "seconds": round(time.monotonic() - started, 3),
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__, "trl": trl.__version__},
    }), flush=True)


if __name__ == "__main__":
    main()
