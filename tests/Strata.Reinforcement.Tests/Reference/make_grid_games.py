"""Writes grid_games.json: rewards, ends and hashes of the observations of random play in MinAtar's games, with the random numbers
of a PCG64 generator.

    PYTHONPATH=<a checkout of MinAtar> python3 make_grid_games.py
"""
import importlib
import json

import numpy as np

GAMES = ["breakout", "space_invaders", "freeway", "asterix", "seaquest"]
SEEDS, STEPS = 4, 500
# Chances of none, left, up, right, down and fire, so that chickens arrive and submarines dive.
MOVES = {"freeway": [0.1, 0, 0.8, 0, 0.1, 0], "seaquest": [0.05, 0.2, 0.1, 0.2, 0.2, 0.25]}


class Random:
    """What MinAtar asks of numpy.random.RandomState, from raw words: an integer below n is the upper half of word·n."""

    def __init__(self, seed):
        self.bits = np.random.PCG64(seed)

    def rand(self, count=None):
        one = lambda: (int(self.bits.random_raw()) >> 11) * 2.0**-53
        return one() if count is None else np.array([one() for _ in range(count)])

    def randint(self, low, high=None, count=None):
        low, high = (0, low) if high is None else (low, high)
        one = lambda: low + (int(self.bits.random_raw()) * (high - low) >> 64)
        return one() if count is None else np.array([one() for _ in range(count)])


def fnv(state):
    h = 2166136261
    for x in state.astype(np.uint8).tobytes():
        h = (h ^ x) * 16777619 & 0xFFFFFFFF
    return h


def play(game, seed):
    env = importlib.import_module("minatar.environments." + game).Env(ramping=True)
    env.random = Random(seed)
    env.reset()
    actions = np.random.default_rng(seed).choice(6, STEPS, p=MOVES.get(game))
    hashes, rewards, ends = [fnv(env.state())], [], []
    for t, action in enumerate(actions):
        reward, terminal = env.act(int(action))
        hashes.append(fnv(env.state()))
        rewards.append(int(reward))
        if terminal:
            ends.append(t)
            env.reset()
    return {"seed": seed, "actions": "".join(map(str, actions)), "rewards": "".join(map(str, rewards)), "ends": ends, "hashes": hashes}


def main():
    with open("grid_games.json", "w") as file:
        json.dump({game: [play(game, seed) for seed in range(SEEDS)] for game in GAMES}, file, separators=(",", ":"))
        file.write("\n")


main()
