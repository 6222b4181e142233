# /// script
# requires-python = ">=3.9,<3.14"
# dependencies = ["torch==2.13.0", "numpy==2.4.6", "tenseal==0.3.18"]
# ///
"""TenSEAL works with PyTorch in part: encrypted inference with its weights agrees, but Torch refuses encrypted tensors.

A linear layer and a squared activation are computed on encrypted inputs with the weights of a PyTorch module; only the
holder of the secret key can read the result.
"""

import tenseal
import torch
from landscape_probe import Probe
from torch import nn

with Probe("torch", "tenseal") as probe:
    torch.manual_seed(0)
    first, last = nn.Linear(6, 4), nn.Linear(4, 2)
    context = tenseal.context(tenseal.SCHEME_TYPE.CKKS, 16384, coeff_mod_bit_sizes=[60, 50, 50, 50, 60])
    context.global_scale = 2**50
    context.generate_galois_keys()
    context.generate_relin_keys()
    for number in range(3):
        row = torch.randn(6)
        hidden = tenseal.ckks_vector(context, row).matmul(first.weight.T.tolist()) + first.bias.tolist()
        hidden.square_()
        expected = last(first(row).square()).tolist()
        for output in range(2):
            score = hidden.dot(last.weight[output].tolist()) + last.bias[output].item()
            probe.close(f"score {output} of encrypted row {number}", score.decrypt()[0], expected[output], 1e-5)
    sent = score.serialize()
    public = context.copy()
    public.make_context_public()
    stranger = tenseal.ckks_vector_from(public, sent)
    probe.refused("reading without the secret key", stranger.decrypt, ValueError, "secret")
    probe.refused("a Torch function on an encrypted tensor", lambda: torch.relu(score), TypeError)
