"""A language model that chooses between the words Clarify and Execute: making, loading and scoring it.

    python action_policy.py init    --data train.jsonl --output FOLDER [--seed 42]
    python action_policy.py predict --data rows.jsonl --model FOLDER [--scoring sequence|token]

`init` makes a small model of random weights with a byte-pair tokenizer trained on the rows: for tests and first tries.
`predict` prints one JSON object with a margin for each row, log p(Clarify) - log p(Execute), in its last line.
"""

import argparse
import json
import os

ACTIONS = ("Clarify", "Execute")


def read_rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def make_tiny_model(texts, folder, seed):
    """Writes a Llama of two layers and its tokenizer to `folder`; each action is one token."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=1024, special_tokens=["<pad>", "<eos>"], initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<eos>")
    fast.add_tokens(list(ACTIONS))
    torch.manual_seed(seed)
    model = LlamaForCausalLM(LlamaConfig(
        vocab_size=len(fast), hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=2048, pad_token_id=fast.pad_token_id, eos_token_id=fast.eos_token_id,
        bos_token_id=None))
    model.save_pretrained(folder)
    fast.save_pretrained(folder)


def load(folder):
    """The model and the tokenizer of a folder or name; an adapter's folder names its base model itself."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    if os.path.exists(os.path.join(folder, "adapter_config.json")):
        from peft import AutoPeftModelForCausalLM
        return AutoPeftModelForCausalLM.from_pretrained(folder), tokenizer
    return AutoModelForCausalLM.from_pretrained(folder), tokenizer


def action_margins(model, tokenizer, prompts, scoring="sequence", max_length=2048):
    """log p(Clarify) - log p(Execute) after each prompt.

    `sequence` adds up the tokens of each word, which works with any tokenizer; `token` looks at the first only.
    """
    import torch

    model.eval()
    margins = []
    with torch.no_grad():
        for prompt in prompts:
            scores = []
            for action in ACTIONS:
                # As the trainer does it: the completion is what follows the prompt's tokens in the whole text.
                start = len(tokenizer(prompt)["input_ids"])
                tokens = tokenizer(prompt + action)["input_ids"][-max_length:]
                length = max(1, len(tokens) - start) if len(tokens) < max_length else 1
                ids = torch.tensor([tokens], device=model.device)
                logs = torch.log_softmax(model(input_ids=ids).logits[0].float(), dim=-1)
                places = range(len(tokens) - length, len(tokens) if scoring == "sequence" else len(tokens) - length + 1)
                scores.append(sum(logs[place - 1, tokens[place]].item() for place in places))
            margins.append(scores[0] - scores[1])
    return margins


def accuracy(margins, rows):
    """The share of rows whose chosen action has the higher probability; None where a row's answer is no action."""
    if not rows or any(row["chosen"] not in ACTIONS for row in rows):
        return None
    right = sum((margin > 0) == (row["chosen"] == ACTIONS[0]) for margin, row in zip(margins, rows))
    return right / len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["init", "predict"])
    parser.add_argument("--data", required=True)
    parser.add_argument("--model")
    parser.add_argument("--output")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--scoring", choices=["sequence", "token"], default="sequence")
    parser.add_argument("--max-length", type=int, default=2048)
    options = parser.parse_args()
    rows = read_rows(options.data)
    if options.task == "init":
        texts = [row["prompt"] + row.get(key, "") for row in rows for key in ("chosen", "rejected")]
        make_tiny_model(texts, options.output, options.seed)
        print(json.dumps({"model": options.output}))
        return
    model, tokenizer = load(options.model)
    margins = action_margins(model, tokenizer, [row["prompt"] for row in rows], options.scoring, options.max_length)
    print(json.dumps({"margins": margins}))


if __name__ == "__main__":
    main()
