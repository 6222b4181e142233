# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "numpy==2.4.6", "flwr==1.41.0", "jax==0.10.2", "scikit-learn==1.9.1"]
# ///
"""Flower works with PyTorch, JAX and scikit-learn: federated averages over the wire are those computed by hand.

For each framework a server and two clients talk over the loopback for two rounds. Every client trains a linear model
on rows of its own; what the server holds in the end must equal the weighted averages of the same steps done here.
"""

import multiprocessing
import socket

import jax
import numpy as np
import torch
from flwr.client import NumPyClient, start_client
from flwr.common import parameters_to_ndarrays
from flwr.server import ServerConfig, start_server
from flwr.server.strategy import FedAvg
from landscape_probe import Probe
from sklearn.linear_model import SGDRegressor


def rows_of(client):
    random = np.random.default_rng(client)
    rows = random.normal(size=(20 + 30 * client, 3)).astype(np.float32)
    return rows, (rows @ np.array([1.0, -2.0, 0.5], np.float32) + random.normal(size=len(rows)) / 10).astype(np.float32)


def with_pytorch(weights, rows, wanted):
    line = torch.nn.Linear(3, 1, bias=False)
    line.load_state_dict({"weight": torch.from_numpy(weights.copy())})
    optimizer = torch.optim.SGD(line.parameters(), 0.1)
    for _ in range(3):
        optimizer.zero_grad()
        (line(torch.from_numpy(rows))[:, 0] - torch.from_numpy(wanted)).square().mean().backward()
        optimizer.step()
    return line.weight.detach().numpy()


def with_jax(weights, rows, wanted):
    slope = jax.grad(lambda w: ((rows @ w[0] - wanted) ** 2).mean())
    for _ in range(3):
        weights = weights - 0.1 * np.asarray(slope(weights))
    return weights


def with_scikit_learn(weights, rows, wanted):
    line = SGDRegressor(fit_intercept=False, random_state=0, penalty=None)
    line.fit(rows, wanted, coef_init=weights[0].copy())
    return line.coef_[None].astype(np.float32)


class Client(NumPyClient):
    def __init__(self, number, train):
        self.rows, self.train = rows_of(number), train

    def fit(self, parameters, config):
        return [self.train(parameters[0], *self.rows)], len(self.rows[0]), {}


class Kept(FedAvg):
    def aggregate_fit(self, server_round, results, failures):
        parameters, metrics = super().aggregate_fit(server_round, results, failures)
        [self.weights] = parameters_to_ndarrays(parameters)
        return parameters, metrics


def take_part(address, number, train):
    start_client(server_address=address, client=Client(number, train).to_client(), insecure=True)


def federated(train):
    from flwr.common import ndarrays_to_parameters

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    first = ndarrays_to_parameters([np.zeros((1, 3), np.float32)])
    strategy = Kept(fraction_evaluate=0, initial_parameters=first)
    context = multiprocessing.get_context("spawn")
    clients = [context.Process(target=take_part, args=(address, n, train), daemon=True) for n in (0, 1)]
    for client in clients:
        client.start()
    start_server(server_address=address, config=ServerConfig(num_rounds=2), strategy=strategy)
    for client in clients:
        client.join(20)
    return strategy.weights


def by_hand(train):
    weights = np.zeros((1, 3), np.float32)
    for _ in range(2):
        sizes = [len(rows_of(n)[0]) for n in (0, 1)]
        weights = np.average([train(weights, *rows_of(n)) for n in (0, 1)], axis=0, weights=sizes).astype(np.float32)
    return weights


if __name__ == "__main__":
    with Probe("flwr", "torch", "jax", "scikit-learn") as probe:
        for name, train in (("PyTorch", with_pytorch), ("JAX", with_jax), ("scikit-learn", with_scikit_learn)):
            weights = federated(train)
            probe.close(f"weights after two rounds, {name}", weights, by_hand(train), 1e-5)
            probe.same(f"they have learned, {name}", bool(np.abs(weights).max() > 0.1), True)
