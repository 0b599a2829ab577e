"""Serves an environment of Gymnasium on standard input and output: one line of JSON a request, one line of JSON and raw
bytes a reply. The protocol is described at the class RemoteEnv of Strata."""
import json
import math
import os
import sys


def space(s):
    kind = type(s).__name__
    if kind == "Discrete":
        return {"type": "discrete", "count": int(s.n)}
    if kind == "Box":
        described = {"type": "box", "shape": list(s.shape), "dtype": str(s.dtype)}
        for name, value in (("low", float(s.low.min())), ("high", float(s.high.max()))):
            if math.isfinite(value):
                described[name] = value
        return described
    if kind == "MultiDiscrete":
        return {"type": "multi_discrete", "counts": [int(n) for n in s.nvec.ravel()]}
    if kind == "MultiBinary":
        count = 1
        for n in s.shape:
            count *= int(n)
        return {"type": "multi_binary", "count": count}
    if kind == "Dict":
        return {"type": "dict", "spaces": {name: space(part) for name, part in s.spaces.items()}}
    raise ValueError(f"spaces of the type {kind} are not supported")


def dtype(s):
    """The type of a dictionary's numbers is that of its parts if it is one, else float64."""
    import numpy
    if type(s).__name__ == "MultiBinary":
        return numpy.dtype("uint8")
    if type(s).__name__ != "Dict":
        return numpy.dtype(s.dtype)
    types = {dtype(part) for part in s.spaces.values()}
    return types.pop() if len(types) == 1 else numpy.dtype("float64")


def gather(s, element):
    """The numbers of an element, those of a dictionary's parts one after the other in the order of their names."""
    import numpy
    if type(s).__name__ != "Dict":
        return numpy.ravel(numpy.asarray(element, dtype(s)))
    return numpy.concatenate([gather(s.spaces[name], element[name]).astype(dtype(s)) for name in sorted(s.spaces)])


def scatter(s, values):
    """The element of some numbers: what gather takes apart."""
    import numpy
    kind = type(s).__name__
    if kind == "Discrete":
        return int(values[0])
    if kind != "Dict":
        return numpy.array(values, s.dtype).reshape(s.shape)
    parts, start = {}, 0
    for name in sorted(s.spaces):
        size = len(gather(s.spaces[name], s.spaces[name].sample()))
        parts[name] = scatter(s.spaces[name], values[start:start + size])
        start += size
    return parts


def numbers(info):
    return {k: float(v) for k, v in info.items() if isinstance(v, (int, float)) and math.isfinite(v)}


class Host:
    def __init__(self, replies):
        self.replies, self.env = replies, None

    def make(self, request):
        import gymnasium
        if request["id"].startswith("ALE/"):
            import ale_py
            gymnasium.register_envs(ale_py)
        self.env = gymnasium.make(request["id"], render_mode="rgb_array", **request.get("arguments", {}))
        meanings = getattr(self.env.unwrapped, "get_action_meanings", lambda: [])()
        return {"observation_space": space(self.env.observation_space), "action_space": space(self.env.action_space), "meanings": meanings}, b""

    def seen(self, observation, reply):
        return reply, gather(self.env.observation_space, observation).tobytes()

    def reset(self, request):
        observation, info = self.env.reset(seed=request.get("seed"))
        return self.seen(observation, {"info": numbers(info)})

    def step(self, request):
        action = request["action"]
        if isinstance(action, list):
            action = scatter(self.env.action_space, action)
        observation, reward, terminated, truncated, info = self.env.step(action)
        return self.seen(observation, {"reward": float(reward), "terminated": bool(terminated), "truncated": bool(truncated), "info": numbers(info)})

    def render(self, request):
        picture = self.env.render()
        height, width, channels = picture.shape
        return {"height": height, "width": width, "channels": channels}, picture.astype("uint8").tobytes()

    def serve(self):
        for line in sys.stdin:
            request = json.loads(line)
            if request["command"] == "close":
                return
            try:
                reply, payload = getattr(self, request["command"])(request)
            except Exception as e:  # the peer gets one sentence, whatever went wrong
                reply, payload = {"error": f"{type(e).__name__}: {e}"}, b""
            if payload:
                reply["bytes"] = len(payload)
            self.replies.write(json.dumps(reply).encode() + b"\n" + payload)
            self.replies.flush()


if __name__ == "__main__":
    # What libraries print must not get between the replies.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Host(replies).serve()
