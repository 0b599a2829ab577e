#!/usr/bin/env python3
"""Trains word vectors with gensim or fastText on a text file and prints one line of JSON: seconds of training, seconds with the reading of the vocabulary, processor
seconds of training by all threads, and the files of input and output vectors in word2vec's formats.

    word_vectors.py gensim|fasttext CORPUS FOLDER --dimension 100 --window 5 --negatives 5 --epochs 1 --threads 2 [--cbow]
"""
import argparse
import json
import os
import re
import subprocess
import time

parser = argparse.ArgumentParser()
parser.add_argument("peer", choices=["gensim", "fasttext"])
parser.add_argument("corpus")
parser.add_argument("folder")
for name, default in [("dimension", 100), ("window", 5), ("negatives", 5), ("epochs", 1), ("threads", 2), ("min-count", 5)]:
    parser.add_argument("--" + name, type=int, default=default)
parser.add_argument("--rate", type=float, default=0.025)
parser.add_argument("--sample", type=float, default=1e-3)
parser.add_argument("--cbow", action="store_true")
args = parser.parse_args()


def gensim():
    from gensim.models import KeyedVectors, Word2Vec

    begin = time.perf_counter()
    model = Word2Vec(
        vector_size=args.dimension, window=args.window, min_count=args.min_count, sample=args.sample, negative=args.negatives, sg=0 if args.cbow else 1,
        workers=args.threads, epochs=args.epochs, alpha=args.rate, min_alpha=args.rate * 1e-4)
    model.build_vocab(corpus_file=args.corpus)
    ready, used = time.perf_counter(), time.process_time()
    # corpus_file: the faster of gensim's two ways, without Python objects between file and training
    model.train(corpus_file=args.corpus, total_examples=model.corpus_count, total_words=model.corpus_total_words, epochs=args.epochs)
    end, used = time.perf_counter(), time.process_time() - used
    model.wv.save_word2vec_format(os.path.join(args.folder, "gensim.bin"), binary=True)
    output = KeyedVectors(args.dimension)
    output.add_vectors(model.wv.index_to_key, model.syn1neg)
    output.save_word2vec_format(os.path.join(args.folder, "gensim.output.bin"), binary=True)
    return end - ready, end - begin, used, "gensim.bin", "gensim.output.bin"


def fasttext():
    command = ["fasttext", "cbow" if args.cbow else "skipgram", "-input", args.corpus, "-output", os.path.join(args.folder, "fasttext"), "-loss", "ns", "-minn", "0", "-maxn", "0",
               "-saveOutput"]
    for flag, value in [("dim", args.dimension), ("ws", args.window), ("neg", args.negatives), ("epoch", args.epochs), ("thread", args.threads), ("minCount", args.min_count),
                        ("lr", args.rate), ("t", args.sample)]:
        command += ["-" + flag, str(value)]
    begin = time.perf_counter()

    def processor_seconds():
        with open(f"/proc/{process.pid}/stat") as stat:
            user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    ready = end = None
    seen = b""
    while block := os.read(process.stderr.fileno(), 4096):
        now = time.perf_counter()
        seen = (seen + block)[-8192:]
        if ready is None and b"Number of labels" in seen:
            ready, used = now, processor_seconds()
        if re.search(rb"Progress: *100\.0%", seen) and end is None:
            end, used = now, processor_seconds() - used  # before it writes its files
    process.wait()
    return end - ready, end - begin, used, "fasttext.vec", "fasttext.output"


train, total, processor, vectors, output = gensim() if args.peer == "gensim" else fasttext()
print(json.dumps({"train": train, "total": total, "processor": processor, "input": os.path.join(args.folder, vectors), "output": os.path.join(args.folder, output)}))
