# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2"]
# [tool.landscape]
# suite = true
# timeout = 3600
# memory = 8192
# ///
"""PyTorch exports ONNX: which of its modules and functions, each in a small module of ours, give the same elsewhere.

Each is exported by torch.onnx.export as it is by default and run by ONNX Runtime on the same inputs. PyTorch itself is
the control. The choice of modules is our own.
"""

import logging
import re
import warnings
from dataclasses import dataclass

import numpy as np
import onnxruntime
import torch
from landscape_suite import Case, Suite
from torch import nn

onnxruntime.set_default_logger_severity(4)
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

_LINES = {
    "activations": """
        nn.ReLU()(x) | nn.GELU()(x) | nn.GELU(approximate='tanh')(x) | nn.SiLU()(x) | nn.Mish()(x) | nn.ELU()(x)
        nn.SELU()(x) | nn.CELU()(x) | nn.LeakyReLU()(x) | nn.PReLU()(x) | nn.Hardswish()(x) | nn.Hardsigmoid()(x)
        nn.Softplus()(x) | nn.Softsign()(x) | nn.Tanhshrink()(x) | nn.Softmax(-1)(x) | nn.LogSoftmax(-1)(x)
        nn.GLU()(x) | nn.Threshold(0.1, 20)(x) | nn.Hardshrink()(x) | nn.LogSigmoid()(x)""",
    "convolutions": """
        nn.Conv1d(2, 3, 3)(s) | nn.Conv2d(2, 4, 3, groups=2)(c) | nn.Conv2d(2, 3, 3, dilation=2, padding='same')(c)
        nn.Conv2d(2, 3, 3, padding=1, padding_mode='reflect')(c) | nn.Conv3d(2, 3, 2)(d)
        nn.ConvTranspose2d(2, 3, 3, stride=2, output_padding=1)(c) | nn.ConvTranspose1d(2, 3, 3)(s)
        nn.Unfold(2)(c) | nn.Fold((3, 3), 2)(torch.ones(1, 8, 4) * x.sum()) | nn.PixelShuffle(1)(c)""",
    "pooling": """
        nn.MaxPool2d(2)(c) | nn.MaxPool2d(2, return_indices=True)(c) | nn.MaxPool1d(2, ceil_mode=True)(s)
        nn.AvgPool2d(2, count_include_pad=False, padding=1)(c) | nn.AdaptiveAvgPool2d(2)(c)
        nn.AdaptiveAvgPool2d((4, 5))(c) | nn.AdaptiveMaxPool2d(2)(c) | nn.LPPool2d(2, 2)(c)
        nn.FractionalMaxPool2d(2, output_size=3)(c)""",
    "normalisation": """
        nn.BatchNorm2d(2)(c) | nn.LayerNorm(4)(x) | nn.GroupNorm(1, 2)(c) | nn.InstanceNorm2d(2)(c) | nn.RMSNorm(4)(x)
        nn.LocalResponseNorm(2)(c) | F.normalize(x, dim=1)""",
    "sequences": """
        nn.RNN(4, 5, batch_first=True)(r) | nn.GRU(4, 5)(r) | nn.LSTM(4, 5, bidirectional=True)(r)
        nn.LSTM(4, 5, num_layers=2)(r) | nn.MultiheadAttention(4, 2, batch_first=True)(r, r, r)
        nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)(r) | nn.TransformerDecoderLayer(4, 2, 8)(r, r)
        F.scaled_dot_product_attention(r, r, r, is_causal=True) | nn.Embedding(5, 3)(i)
        nn.EmbeddingBag(5, 3)(i.reshape(1, -1)) | nn.LSTMCell(4, 5)(x)""",
    "layers": """
        nn.Linear(4, 3)(x) | nn.Bilinear(4, 4, 3)(x, y) | nn.Dropout()(x) | nn.Upsample(scale_factor=2)(c)
        nn.Upsample(scale_factor=1.5, mode='bilinear')(c) | nn.Upsample(size=(7, 9), mode='bicubic')(c)
        nn.ReflectionPad2d(1)(c) | nn.ReplicationPad2d(1)(c) | nn.CircularPad2d(1)(c) | nn.ZeroPad2d(1)(c)
        F.grid_sample(c, g) | F.affine_grid(x[:1, :].repeat(2, 2)[:, :6].reshape(2, 2, 3), (2, 1, 3, 3))
        nn.CosineSimilarity()(x, y) | F.pairwise_distance(x, y) | F.one_hot(i, 5) | nn.ChannelShuffle(2)(c)""",
    "losses": """
        nn.CrossEntropyLoss()(x, i) | nn.MSELoss()(x, y) | nn.SmoothL1Loss()(x, y) | nn.KLDivLoss()(x, y.abs())
        nn.BCEWithLogitsLoss()(x, y.sigmoid()) | nn.NLLLoss()(x, i)""",
    "shapes": """
        x.reshape(2, 6) | x.unfold(1, 2, 1) | torch.roll(x, 1, 1) | torch.flip(x, [0]) | torch.tile(x, (2, 1)) | x[i]
        x[b] | x[:, ::2] | torch.gather(x, 1, j) | torch.scatter(x, 1, j, 0.5) | x.index_add(0, i, y)
        x.index_put((i,), y) | torch.where(b, x, y) | torch.tril(x) | torch.stack([x, y], 1) | torch.chunk(x, 2, 1)
        x.masked_fill(b, 0) | torch.nonzero(b) | torch.repeat_interleave(x, 2, 1) | torch.diagonal(x)
        torch.meshgrid(v, v, indexing='ij') | torch.bucketize(x, v.sort().values) | torch.take(x, i)""",
    "reductions": """
        x.mean(1) | x.std(1) | x.var(0, unbiased=False) | torch.logsumexp(x, 1) | x.argmax(1) | x.median(1).values
        torch.topk(x, 2) | torch.sort(x, 1) | x.cumsum(1) | x.cumprod(1) | x.prod(1) | torch.unique(i) | x.norm()
        torch.aminmax(x) | torch.quantile(x, 0.5) | torch.histc(x, 4) | torch.bincount(i) | torch.logcumsumexp(x, 1)
        torch.cummax(x, 1).values | torch.count_nonzero(b)""",
    "linear algebra": """
        x @ y.T | torch.einsum('ab,cb->ac', x, y) | torch.linalg.inv(q) | torch.linalg.det(q) | torch.linalg.cholesky(q)
        torch.linalg.svdvals(x) | torch.linalg.eigvalsh(q) | torch.linalg.solve(q, v[:3]) | torch.linalg.norm(x)
        torch.cross(x[:, :3], y[:, :3], dim=1) | torch.outer(v, v) | torch.kron(x, y) | torch.cdist(x, y)
        torch.fft.fft(x).abs() | torch.fft.rfft(x).real | torch.stft(s[0], 4, return_complex=True).abs()
        torch.linalg.qr(q).R.abs() | torch.addmm(q, x, y.T) | torch.baddbmm(r, r, r[:, :, :4])""",
    "control flow": """
        torch.cond(x.sum() > 0, lambda t: t + 1, lambda t: t - 1, (x,))
        while_loop(lambda n, t: n < 3, lambda n, t: (n + 1, t * 2), (torch.tensor(0), x))
        scan(lambda u, t: (u + t, u * 1), v, x)""",
    "numbers": """
        torch.erf(x) | torch.special.erfinv(x / 3) | torch.lgamma(x.abs() + 1) | torch.digamma(x.abs() + 1) | x.frac()
        torch.atan2(x, y) | torch.remainder(x, y) | torch.fmod(x, y) | torch.floor_divide(x, y) | torch.pow(x.abs(), y)
        torch.complex(x, y).abs() | x.to(torch.float16) | x.to(torch.bfloat16).float() | x.to(torch.int32) | x.round()
        torch.bitwise_and(j, j + 1) | torch.hypot(x, y) | torch.heaviside(x, y) | torch.nan_to_num(x / 0)
        torch.special.i0(x) | torch.xlogy(x.abs(), y.abs()) | torch.logaddexp(x, y) | torch.clamp(x, -1, 1)""",
}


class Line(nn.Module):
    """A module that computes a line of text from its inputs, with the modules that the line makes."""

    def __init__(self, text, names):
        super().__init__()
        torch.manual_seed(0)
        made = re.match(r"nn\.\w+\((?:[^()]|\([^()]*\))*\)(?=\()", text)
        self.made = eval(made.group(), _NAMES) if made else None
        rest = "made" + text[made.end() :] if made else text
        self.compute = eval(f"lambda made, {', '.join(names)}: {rest}", _NAMES)

    def forward(self, *values):
        return self.compute(self.made, *values)


_NAMES = {"torch": torch, "nn": nn, "F": nn.functional}


@dataclass(frozen=True)
class Given:
    """A line and its inputs by their names."""

    text: str
    inputs: dict


def cases():
    arrays = _arrays()
    for part, lines in _LINES.items():
        for text in (one.strip() for line in lines.strip().splitlines() for one in line.split(" | ")):
            taken = {name: array for name, array in arrays.items() if re.search(rf"(?<![\w.'])\b{name}\b(?!=)", text)}
            yield Case(text, (_called(text), part), Given(text, taken), None, 1e-3, 1e-4)


def _called(text):
    """The module, function or method that a line is about."""
    found = re.match(r"(?:nn|F|torch(?:\.\w+)?)\.(\w+)|\w+\.(\w+)\(|(\w+)\(", text)
    return next(filter(None, found.groups())) if found else "indexing" if "[" in text else "matmul"


def _arrays():
    random = np.random.default_rng(0)
    root = random.normal(size=(3, 3))
    made = {
        "x": random.permutation(np.linspace(-2, 2.3, 12)).reshape(3, 4),
        "y": random.permutation(np.linspace(-2, 2.3, 12)).reshape(3, 4),
        "v": random.normal(size=4),
        "q": root @ root.T + np.diag([1, 2, 4]),
        "r": random.normal(size=(2, 4, 4)),
        "s": random.normal(size=(1, 2, 9)),
        "c": random.normal(size=(1, 2, 6, 6)),
        "d": random.normal(size=(1, 2, 4, 4, 4)),
        "g": random.uniform(-1, 1, size=(1, 5, 5, 2)),
    }
    whole = {"i": np.array([1, 0, 2]), "j": np.array([[0, 3, 1], [2, 2, 0], [1, 0, 3]])}
    numbers = {name: array.astype(np.float32) for name, array in made.items()}
    return {**numbers, **whole, "b": numbers["x"] > numbers["y"]}


def _made(case):
    """(the module of a case, its inputs)"""
    _NAMES.update(_loops())
    module = Line(case.given.text, case.given.inputs).eval()
    return module, tuple(torch.from_numpy(array.copy()) for array in case.given.inputs.values())


def _loops():
    from torch._higher_order_ops import scan, while_loop

    return {"scan": scan, "while_loop": while_loop}


def control(case):
    """What PyTorch itself gives."""
    module, inputs = _made(case)
    with torch.no_grad():
        return _plain(module(*inputs))


def _plain(value):
    if isinstance(value, torch.Tensor):
        return [value.numpy()]
    return [] if value is None else [piece for one in value for piece in _plain(one)]


def load(case):
    module, inputs = _made(case)
    with torch.no_grad():
        torch.onnx.export(module, inputs, "line.onnx", dynamo=True, external_data=False, verbose=False)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    return onnxruntime.InferenceSession("line.onnx", settings)


def run(session, case):
    fed = {end.name: array for end, array in zip(session.get_inputs(), case.given.inputs.values(), strict=True)}
    return [np.asarray(output) for output in session.run(None, fed)]


suite = Suite("torch", "onnx", "onnxruntime", "onnxscript", "numpy", keys=("module", "part"), seconds=90, own=True)
suite.grade(cases(), load=load, run=run, control=control, named="PyTorch")
