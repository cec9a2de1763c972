"""Whisper models with a thousandth of the weights, random ones: their text means nothing, their loading is real."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def _vocabulary() -> tuple[dict[str, int], list[tuple[str, str]], dict[str, int]]:
    """Whisper's tokens from openai-whisper's bundled table: vocabulary, merges and special tokens."""
    from transformers.models.gpt2.tokenization_gpt2 import GPT2Tokenizer  # noqa: F401  (registers the byte table)
    from whisper.tokenizer import get_encoding

    encoding = get_encoding("multilingual")
    ranks: dict[bytes, int] = encoding._mergeable_ranks
    letters = _byte_letters()

    def show(token: bytes) -> str:
        return "".join(letters[byte] for byte in token)

    merges = []
    for token, rank in sorted(ranks.items(), key=lambda item: item[1]):
        if len(token) == 1:
            continue
        parts = [bytes([byte]) for byte in token]
        while len(parts) > 2:
            best = min(range(len(parts) - 1), key=lambda i: ranks.get(parts[i] + parts[i + 1], 10**9))
            if ranks.get(parts[best] + parts[best + 1], 10**9) >= rank:
                break
            parts[best : best + 2] = [parts[best] + parts[best + 1]]
        if len(parts) == 2:
            merges.append((show(parts[0]), show(parts[1])))
    return {show(token): rank for token, rank in ranks.items()}, merges, dict(encoding._special_tokens)


def _byte_letters() -> dict[int, str]:
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {byte: chr(byte) for byte in printable}
    extra = 0
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + extra)
            extra += 1
    return table


def make_hf(folder: Path) -> Path:
    """A folder in transformers' format."""
    import torch
    from transformers import (
        GenerationConfig,
        WhisperConfig,
        WhisperFeatureExtractor,
        WhisperForConditionalGeneration,
        WhisperTokenizer,
    )

    vocabulary, merges, special = _vocabulary()
    torch.manual_seed(1)
    config = WhisperConfig(
        d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2,
        encoder_ffn_dim=64, decoder_ffn_dim=64, vocab_size=51865, num_mel_bins=80, decoder_start_token_id=50258,
        pad_token_id=50257, bos_token_id=50257, eos_token_id=50257,
    )  # fmt: skip
    model: Any = WhisperForConditionalGeneration(config)
    rules = GenerationConfig(
        decoder_start_token_id=50258, eos_token_id=50257, pad_token_id=50257, bos_token_id=50257, max_length=448
    )
    rules.lang_to_id = {
        t: i for t, i in special.items() if len(t) in (6, 7) and t[2:-2].isalpha() and t[2:-2].islower()
    }
    rules.task_to_id = {"transcribe": special["<|transcribe|>"], "translate": special["<|translate|>"]}
    rules.no_timestamps_token_id = special["<|notimestamps|>"]
    rules.is_multilingual = True
    rules.alignment_heads = [[0, 0]]
    rules._from_model_config = False
    model.generation_config = rules
    model.save_pretrained(folder)
    tokenizer = WhisperTokenizer(vocab=vocabulary, merges=merges)
    tokenizer.add_special_tokens(
        {"additional_special_tokens": [t for t, _ in sorted(special.items(), key=lambda x: x[1])]}
    )
    tokenizer.save_pretrained(folder)
    WhisperFeatureExtractor(feature_size=80).save_pretrained(folder)
    return folder


def make_openai(path: Path) -> Path:
    """A .pt file of openai-whisper."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(1)
    dims = ModelDimensions(80, 1500, 32, 2, 1, 51865, 448, 32, 2, 1)
    torch.save({"dims": dims.__dict__, "model_state_dict": Whisper(dims).state_dict()}, path)
    return path


def make_faster(hf: Path, folder: Path) -> Path:
    """A CTranslate2 folder made from the transformers folder."""
    from ctranslate2.converters import TransformersConverter

    copies = [name for name in ("tokenizer.json", "preprocessor_config.json") if (hf / name).is_file()]
    TransformersConverter(str(hf), copy_files=copies).convert(str(folder), quantization="int8")
    assert json.loads((folder / "config.json").read_text())
    return folder
