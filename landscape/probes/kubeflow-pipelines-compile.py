# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "numpy==2.4.6", "kfp==2.16.0"]
# ///
"""Kubeflow Pipelines orchestrates PyTorch as any other step: a pipeline compiles, and types of artefacts are kept.

Two steps of PyTorch with a model between them become one YAML file, which is loaded again as a component with the same
inputs, types and order. Handing a data set to a step that wants a model is refused by the compiler. The steps
themselves run here as plain functions, so that the numbers that they hand on are checked too.
"""

import yaml
from kfp import compiler, components, dsl
from kfp.dsl import Dataset, Input, Model, Output
from landscape_probe import Probe


@dsl.component(base_image="python:3.11", packages_to_install=["torch==2.13.0"])
def train(slope: float, model: Output[Model]):
    import torch

    torch.manual_seed(0)
    line = torch.nn.Linear(1, 1, bias=False)
    optimizer = torch.optim.SGD(line.parameters(), 0.3)
    rows = torch.linspace(-1, 1, 20)[:, None]
    for _ in range(200):
        optimizer.zero_grad()
        (line(rows) - slope * rows).square().mean().backward()
        optimizer.step()
    torch.save(line.state_dict(), model.path)
    model.metadata["framework"] = "pytorch"


@dsl.component(base_image="python:3.11", packages_to_install=["torch==2.13.0"])
def predict(model: Input[Model], at: float) -> float:
    import torch

    line = torch.nn.Linear(1, 1, bias=False)
    line.load_state_dict(torch.load(model.path))
    return float(line(torch.tensor([[at]])))


@dsl.component(base_image="python:3.11")
def gather(rows: Output[Dataset]):
    open(rows.path, "w").close()


@dsl.pipeline(name="two-steps")
def two_steps(slope: float = 2.0, at: float = 3.0) -> float:
    trained = train(slope=slope)
    return predict(model=trained.outputs["model"], at=at).output


def compiles_with_the_wrong_artefact():
    @dsl.pipeline(name="wrong")
    def wrong():
        predict(model=gather().outputs["rows"], at=1.0)

    compiler.Compiler().compile(wrong, "wrong.yaml")


with Probe("kfp", "kfp-pipeline-spec", "torch") as probe:
    compiler.Compiler().compile(two_steps, "pipeline.yaml")
    specification = yaml.safe_load(open("pipeline.yaml"))
    tasks = specification["root"]["dag"]["tasks"]
    probe.same("order of the steps", tasks["predict"]["dependentTasks"], ["train"])
    wanted = specification["components"]["comp-predict"]["inputDefinitions"]["artifacts"]["model"]["artifactType"]
    probe.same("type of the artefact", wanted["schemaTitle"], "system.Model")
    probe.same(
        "image of a step",
        specification["deploymentSpec"]["executors"]["exec-train"]["container"]["image"],
        "python:3.11",
    )
    inputs = specification["root"]["inputDefinitions"]["parameters"]
    probe.same(
        "inputs",
        {n: (i["parameterType"], i["defaultValue"]) for n, i in inputs.items()},
        {"slope": ("NUMBER_DOUBLE", 2.0), "at": ("NUMBER_DOUBLE", 3.0)},
    )
    loaded = components.load_component_from_file("pipeline.yaml")
    compiler.Compiler().compile(loaded, "again.yaml")
    again = yaml.safe_load(open("again.yaml"))
    probe.same("the specification after loading and compiling again", again["root"], specification["root"])
    artefact = Model(name="model", uri="model.pt")
    artefact.path = "model.pt"
    train.python_func(slope=2.5, model=artefact)
    probe.close("what the steps compute with PyTorch", predict.python_func(model=artefact, at=4.0), 10.0, 1e-4)
    probe.same("what they say of the artefact", dict(artefact.metadata), {"framework": "pytorch"})
    probe.refused("a data set where a model is wanted", compiles_with_the_wrong_artefact, Exception, "(?i)type")
