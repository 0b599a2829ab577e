#!/usr/bin/env python3
"""Prints Gymnasium's steps a second in one environment with random actions, drawn beforehand; nothing if it has no such environment.

    PYTHONPATH=<a checkout of Gymnasium> gymnasium_steps.py CartPole-v1
"""
import sys
import time

import gymnasium

try:
    env = gymnasium.make(sys.argv[1], disable_env_checker=True)
except gymnasium.error.Error:
    sys.exit(0)
actions = [env.action_space.sample() for _ in range(2000)]
env.reset(seed=1)


def steps():
    for action in actions:
        _, _, terminated, truncated, _ = env.step(action)
        if terminated or truncated:
            env.reset()


steps()
begin, rounds = time.perf_counter(), 0
while time.perf_counter() - begin < 1:
    steps()
    rounds += 1
print(rounds * len(actions) / (time.perf_counter() - begin))
