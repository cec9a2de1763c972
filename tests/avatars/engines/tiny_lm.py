"""A causal language model of random weights with a byte-level tokenizer and a chat template that knows tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEMPLATE = """{%- if tools %}{{ '<|im_start|>system\\n' }}{% for tool in tools %}{{ tool | tojson }}{% endfor %}\
{{ '<|im_end|>\\n' }}{% endif -%}
{%- for message in messages -%}
{{ '<|im_start|>' + message.role + '\\n' + message.content }}
{%- for call in message.tool_calls or [] -%}
{{ '<tool_call>' + call.function.name + (call.function.arguments | tojson) + '</tool_call>' }}
{%- endfor -%}
{{ '<|im_end|>\\n' }}
{%- endfor -%}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif -%}"""


def make_lm(folder: Path, template: str | None = TEMPLATE, longest: int = 512) -> Path:
    """A folder in transformers' format, half a megabyte."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.set_num_threads(1)
    bytes_only = Tokenizer(models.BPE())
    bytes_only.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_only.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, initial_alphabet=alphabet, special_tokens=["<|im_start|>", "<|im_end|>"]
    )
    bytes_only.train_from_iterator(["where is the book", "这本书在哪里"], trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bytes_only, eos_token="<|im_end|>", pad_token="<|im_end|>", bos_token="<|im_start|>"
    )
    tokenizer.chat_template = template
    tokenizer.save_pretrained(folder)
    torch.manual_seed(5)
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=longest, eos_token_id=1, bos_token_id=0, pad_token_id=1,
    )  # fmt: skip
    made: Any = LlamaForCausalLM(config)
    made.save_pretrained(folder)
    return folder


def teach(engine: Any, text: str) -> None:
    """Make the loaded model write ``text`` and its end, whatever it is asked: the real loop runs, on known tokens."""
    import torch

    tokens = [*engine._tokenizer.encode(text, add_special_tokens=False), engine._tokenizer.eos_token_id]
    inner = engine._model.forward
    begun: list[int] = []

    def forward(*args: Any, **kwargs: Any) -> Any:
        made = inner(*args, **kwargs)
        step = len(begun)
        begun.append(step)
        logits = torch.full_like(made.logits, -9.0)
        logits[..., tokens[min(step, len(tokens) - 1)]] = 9.0
        made.logits = logits
        return made

    engine._model.forward = forward
