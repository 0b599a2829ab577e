"""Makes small files in the forms of Keras's imdb.npz, reuters.npz and boston_housing.npz, and expected.json: what keras.datasets.*.load_data gives for them under
several arguments, by functions written here after Keras's documentation and behavior, with NumPy's own RandomState. Run: python3 make_datasets.py (Debian package python3-numpy)."""
import json
import os

import numpy as np

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))
source = np.random.default_rng(1)


def texts(count, words=40):
    array = np.empty(count, object)
    for i in range(count):
        array[i] = [int(w) for w in source.integers(1, words, source.integers(1, 12))]
    return array


def mixed(random, x, y):
    order = np.arange(len(x))
    random.shuffle(order)
    return [x[i] for i in order], [int(y[i]) for i in order]


def marked(x, y, maxlen, start_char, index_from):
    first = [] if start_char is None else [start_char]
    x = [first + [w + (index_from or 0) for w in text] for text in x]
    kept = [i for i, text in enumerate(x) if not maxlen or len(text) < maxlen]
    return [x[i] for i in kept], [y[i] for i in kept]


def cut(x, num_words, skip_top, oov_char):
    out = []
    for text in x:
        new = []
        for w in text:
            if skip_top <= w < num_words:
                new.append(w)
            elif oov_char is not None:
                new.append(oov_char)
        out.append(new)
    return out


def imdb(num_words=None, skip_top=0, maxlen=None, seed=113, start_char=1, oov_char=2, index_from=3):
    random = np.random.RandomState(seed)
    sets = []
    for part in "train", "test":
        x, y = mixed(random, IMDB["x_" + part], IMDB["y_" + part])
        sets.append(marked(x, y, maxlen, start_char, index_from))
    most = num_words or max(max(text) for x, _ in sets for text in x)
    return [(cut(x, most, skip_top, oov_char), y) for x, y in sets]


def reuters(num_words=None, skip_top=0, maxlen=None, test_split=0.2, seed=113, start_char=1, oov_char=2, index_from=3):
    x, y = marked(*mixed(np.random.RandomState(seed), REUTERS["x"], REUTERS["y"]), maxlen, start_char, index_from)
    x = cut(x, num_words or max(max(text) for text in x), skip_top, oov_char)
    at = int(len(x) * (1 - test_split))
    return [(x[:at], y[:at]), (x[at:], y[at:])]


def boston(test_split=0.2, seed=113):
    x, y = mixed_rows(np.random.RandomState(seed), BOSTON["x"], BOSTON["y"])
    at = int(len(x) * (1 - test_split))
    return [(x[:at], y[:at]), (x[at:], y[at:])]


def mixed_rows(random, x, y):
    order = np.arange(len(x))
    random.shuffle(order)
    return x[order], y[order]


def case(load, **arguments):
    train, test = load(**arguments)
    return {"arguments": arguments, "train": {"x": train[0], "y": train[1]}, "test": {"x": test[0], "y": test[1]}}


IMDB = {"x_train": texts(14), "y_train": source.integers(0, 2, 14), "x_test": texts(9), "y_test": source.integers(0, 2, 9)}
REUTERS = {"x": texts(23), "y": source.integers(0, 46, 23)}
BOSTON = {"x": np.round(source.normal(size=(21, 13)), 3), "y": np.round(source.uniform(5, 50, 21), 1)}
np.savez("imdb.npz", **IMDB)
np.savez_compressed("reuters.npz", **REUTERS)
np.savez("boston_housing.npz", **BOSTON)

random = np.random.RandomState
expected = {
    # The generator alone: its first outputs, those around the second and third turn of its state, and how it mixes.
    "twister": [{"seed": seed, "first": random(seed)._bit_generator.random_raw(5).tolist(), "later": random(seed)._bit_generator.random_raw(1250)[[622, 623, 624, 625, 1247, 1248, 1249]].tolist(),
                 "permutation": np.array((lambda r, a: (r.shuffle(a), a)[1])(random(seed), np.arange(700))).tolist()} for seed in (0, 113, 2**32 - 1)],
    "imdb": [
        case(imdb),
        case(imdb, num_words=20),
        case(imdb, num_words=20, oov_char=None),
        case(imdb, num_words=30, skip_top=8, maxlen=9, seed=5),
        case(imdb, skip_top=3, start_char=None, oov_char=0, index_from=0),
        case(imdb, start_char=None, index_from=5, maxlen=6),
        case(imdb, start_char=7, oov_char=9, index_from=10, num_words=1000),
    ],
    "reuters": [
        case(reuters),
        case(reuters, num_words=25, test_split=0.35, seed=4294967295),
        case(reuters, maxlen=8, test_split=0.0, oov_char=None, skip_top=5),
        case(reuters, start_char=None, index_from=0, num_words=12, seed=0),
    ],
    "boston": [{"arguments": a, "train": [v.tolist() for v in r[0]], "test": [v.tolist() for v in r[1]]} for a in ({}, {"test_split": 0.5, "seed": 7}) for r in [boston(**a)]],
}
with open("expected.json", "w") as f:
    json.dump(expected, f, separators=(",", ":"))
    f.write("\n")
