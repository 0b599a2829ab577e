"""Writes classic_control.json: one step of Gymnasium's classic control from random states, and first observations of seeds.

    PYTHONPATH=<a checkout of Gymnasium> python3 make_classic_control.py
"""
import json

import gymnasium
import numpy as np

STATES = {
    "CartPole-v1": [2.6, 3, 0.23, 3],
    "MountainCar-v0": [0.9, 0.07],
    "MountainCarContinuous-v0": [0.9, 0.07],
    "Acrobot-v1": [3.14, 3.14, 12.5, 28],
    "Pendulum-v1": [10, 8],
}
CASES = 60


def steps(name, bounds, random):
    env = gymnasium.make(name).unwrapped
    for _ in range(CASES):
        env.reset(seed=0)
        state = random.uniform(-1, 1, len(bounds)) * bounds
        if name.startswith("MountainCar"):
            state[0] -= 0.3  # the valley is not symmetric
        if name == "MountainCarContinuous-v0":
            state = state.astype(np.float32)
        env.state = state.copy()
        if hasattr(env.action_space, "n"):
            action = int(random.integers(env.action_space.n))
            shown = [action]
        else:
            action = (random.uniform(-1.5, 1.5, 1) * env.action_space.high).astype(np.float32)
            shown = [float(action[0])]
        observation, reward, terminated, _, _ = env.step(action)
        yield {
            "state": [float(x) for x in state],
            "action": shown,
            "next": [float(x) for x in env.state],
            "observation": [float(x) for x in observation],
            "reward": float(reward),
            "terminated": bool(terminated),
        }


def main():
    random = np.random.default_rng(0)
    reference = {}
    for name, bounds in STATES.items():
        env = gymnasium.make(name)
        reference[name] = {
            "steps": list(steps(name, np.array(bounds), random)),
            "resets": {seed: [float(x) for x in env.reset(seed=seed)[0]] for seed in (0, 1, 42, 12345678901)},
        }
    with open("classic_control.json", "w") as file:
        json.dump(reference, file, separators=(",", ":"))
        file.write("\n")


main()
