# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "numpy==2.4.6", "transformers==5.23.0"]
# ///
"""Transformers works no longer with TensorFlow, JAX or Flax: their tensors and their checkpoints are refused.

The same calls give tensors of PyTorch and NumPy, and read a checkpoint of PyTorch with every number unchanged.
"""

from pathlib import Path

import torch
from landscape_probe import Probe
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import AutoModel, BertConfig, BertModel, PreTrainedTokenizerFast

with Probe("torch", "transformers", "tokenizers") as probe:
    words = Tokenizer(models.WordLevel({"?": 0, "a": 1, "probe": 2}, unk_token="?"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    tokens = PreTrainedTokenizerFast(tokenizer_object=words, unk_token="?")
    for kind in ("pt", "np"):
        probe.close(f"tokens as {kind}", tokens(["a probe"], return_tensors=kind)["input_ids"], [[1, 2]], 0)
    for kind in ("tf", "jax"):
        probe.refused(
            f"tokens as {kind}",
            lambda kind=kind: tokens(["a probe"], return_tensors=kind),
            ValueError,
            f"{kind} is not a valid TensorType",
        )
    torch.manual_seed(0)
    config = BertConfig(vocab_size=3, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16)
    model = BertModel(config).eval()
    model.save_pretrained("net")
    given = tokens(["a probe"], return_tensors="pt")
    here, there = (x(**given).last_hidden_state for x in (model, AutoModel.from_pretrained("net").eval()))
    probe.close("states by a checkpoint of PyTorch", there, here, 0)
    for framework, file in (("TensorFlow", "tf_model.h5"), ("Flax", "flax_model.msgpack")):
        config.save_pretrained(framework)
        Path(framework, file).write_bytes(b"not read")
        probe.refused(
            f"a checkpoint of {framework}, {file}",
            lambda framework=framework: AutoModel.from_pretrained(framework),
            OSError,
            "no file named model.safetensors, or pytorch_model.bin",
        )
