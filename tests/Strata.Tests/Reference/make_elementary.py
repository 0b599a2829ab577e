"""Values of the elementary functions, to 40 digits and rounded once to float64: elementary.json, for the tests of the vector mathematics.

Needs mpmath only:  python3 make_elementary.py"""
import json
import random
import struct
from mpmath import mp, mpf, exp, expm1, log, log1p, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, erf, erfc

mp.dps = 60
random.seed(1)


def spread(low, high, count):
    "Both signs where they lie in [low, high]: magnitudes even in the logarithm and even in the value."
    points = []
    for _ in range(count):
        points.append(random.uniform(low, high))
        top = max(abs(low), abs(high))
        v = top * 2.0 ** random.uniform(-40, 0) * random.choice([1, -1])
        if low <= v <= high:
            points.append(v)
    return points


def near(center, count):
    return [center * (1 + random.uniform(-1, 1) * 2.0 ** random.uniform(-45, -1)) for _ in range(count)]


everything = [random.uniform(1, 2) * 2.0 ** random.randint(-126, 126) for _ in range(60)] + near(1.0, 40)
functions = {
    "Exp": (exp, spread(-103, 88.7, 40), spread(-745, 709.7, 40)),
    "Exp2": (lambda x: mpf(2) ** x, spread(-149, 127.9, 40), spread(-1074, 1023.9, 40)),
    "Expm1": (expm1, spread(-20, 88, 50), spread(-40, 709, 50)),
    "Log": (log, everything, everything + [1e-310, 5e-324]),
    "Log1p": (log1p, spread(-0.999, 2, 40) + everything, spread(-0.999, 2, 40) + everything),
    "Log2": (lambda x: log(x) / log(mpf(2)), everything, everything),
    "Log10": (lambda x: log(x) / log(mpf(10)), everything, everything),
    "Sin": (sin, spread(-10, 10, 50) + spread(-30000, 30000, 30) + [1e9, 3e30], spread(-10, 10, 50) + spread(-1e8, 1e8, 30) + [1e22, 1e300]),
    "Cos": (cos, spread(-10, 10, 50) + spread(-30000, 30000, 30) + [1e9, 3e30], spread(-10, 10, 50) + spread(-1e8, 1e8, 30) + [1e22, 1e300]),
    "Tan": (tan, spread(-10, 10, 50) + spread(-30000, 30000, 30) + [1e9, 3e30], spread(-10, 10, 50) + spread(-1e8, 1e8, 30) + [1e22, 1e300]),
    "Asin": (asin, spread(-1, 1, 50), spread(-1, 1, 50)),
    "Acos": (acos, spread(-1, 1, 50), spread(-1, 1, 50)),
    "Atan": (atan, spread(-5, 5, 50) + spread(-1e9, 1e9, 20), spread(-5, 5, 50) + spread(-1e9, 1e9, 20)),
    "Sinh": (sinh, spread(-3, 3, 30) + spread(-89, 89, 30), spread(-3, 3, 30) + spread(-710, 710, 30)),
    "Cosh": (cosh, spread(-3, 3, 30) + spread(-89, 89, 30), spread(-3, 3, 30) + spread(-710, 710, 30)),
    "Tanh": (tanh, spread(-3, 3, 50) + spread(-20, 20, 30), spread(-3, 3, 50) + spread(-20, 20, 30)),
    "Sigmoid": (lambda x: 1 / (1 + exp(-x)), spread(-5, 5, 30) + spread(-100, 100, 30), spread(-5, 5, 30) + spread(-740, 740, 30)),
    "Softplus": (lambda x: log1p(exp(x)), spread(-5, 5, 30) + spread(-100, 100, 30), spread(-5, 5, 30) + spread(-740, 740, 30)),
    "Erf": (erf, spread(-4, 4, 60), spread(-6, 6, 60)),
    "Erfc": (erfc, spread(-3, 10, 60), spread(-3, 26.5, 60)),
    "Rsqrt": (lambda x: 1 / mp.sqrt(x), everything, everything),
}


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


table = {}
for name, (f, singles, doubles) in functions.items():
    rows = {}
    for key, points in (("single", [single(x) for x in singles]), ("double", doubles)):
        rows[key] = [[x, float(f(mpf(x)))] for x in points]
    table[name] = rows

powers = {}
for key, biggest in (("single", 88), ("double", 708)):
    rows = []
    while len(rows) < 200:
        x = random.uniform(1, 2) * 2.0 ** random.randint(-20, 20) if len(rows) % 2 else near(1.0, 1)[0]
        y = random.choice([random.uniform(-30, 30), random.uniform(-1, 1) * 10 ** random.uniform(0, 5), random.choice([2.0, 3.0, -1.0, 0.5, 7.0])])
        if key == "single":
            x, y = single(x), single(y)
        if abs(y * mp.log(x)) < biggest:
            rows.append([x, y, float(mpf(x) ** mpf(y))])
    powers[key] = rows
table["Pow"] = powers

with open("elementary.json", "w") as out:
    out.write("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in table.items()) + "\n}\n")
