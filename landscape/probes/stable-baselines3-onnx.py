# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "stable-baselines3==2.9.2", "gymnasium==1.4.0",
# ]
# ///
"""Stable-Baselines3 works with PyTorch and Gymnasium, and exports ONNX by its documented recipe.

PPO learns a continuous task of its own; the trained policy, wrapped as the guide says, gives the same actions in ONNX
Runtime. What happens to an action afterwards, clipping it to the bounds, is not in the file: that limit is shown.
"""

import gymnasium
import numpy as np
import onnxruntime
import torch
from gymnasium import spaces
from landscape_probe import Probe
from stable_baselines3 import PPO


class Follow(gymnasium.Env):
    """Say where the point will be that was shown; the reward is how near the answer was."""

    observation_space = spaces.Box(-1, 1, (3,), np.float32)
    action_space = spaces.Box(-0.25, 0.25, (2,), np.float32)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.point = self.np_random.uniform(-1, 1, 3).astype(np.float32)
        return self.point, {}

    def step(self, action):
        reward = -float(np.square(action - self.point[:2] / 4).sum())
        self.point = self.np_random.uniform(-1, 1, 3).astype(np.float32)
        return self.point, reward, False, False, {}


class Policy(torch.nn.Module):
    def __init__(self, policy):
        super().__init__()
        self.policy = policy

    def forward(self, observation):
        features = self.policy.mlp_extractor.forward_actor(self.policy.extract_features(observation))
        return self.policy.action_net(features)


with Probe("torch", "stable-baselines3", "gymnasium", "onnx", "onnxscript", "onnxruntime") as probe:
    task = gymnasium.wrappers.TimeLimit(Follow(), 50)
    agent = PPO("MlpPolicy", task, seed=0, n_steps=256, device="cpu")
    before = agent.get_parameters()["policy"]["action_net.weight"].clone()
    agent.learn(1024)
    probe.same("PyTorch's weights have learned", bool(torch.equal(before, agent.policy.action_net.weight)), False)
    policy = Policy(agent.policy).eval()
    batch = torch.export.Dim("batch")
    torch.onnx.export(
        policy,
        (torch.zeros(2, 3),),
        "policy.onnx",
        dynamo=True,
        external_data=False,
        input_names=["observation"],
        dynamic_shapes=({0: batch},),
    )
    session = onnxruntime.InferenceSession("policy.onnx", providers=["CPUExecutionProvider"])
    seen = np.random.default_rng(0).uniform(-1, 1, (50, 3)).astype(np.float32) * 100
    [actions] = session.run(None, {"observation": seen})
    low, high = Follow.action_space.low, Follow.action_space.high
    expected, _ = agent.predict(seen, deterministic=True)
    probe.close("actions, clipped to the bounds afterwards", np.clip(actions, low, high), expected, 1e-5)
    probe.same("some actions of the file are out of bounds", bool((np.abs(actions) > high).any()), True)
