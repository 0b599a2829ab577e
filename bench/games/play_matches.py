#!/usr/bin/env python3
"""Complete games of `strata play` against the engines of other authors.

    apt-get install stockfish fairy-stockfish gnugo
    python3 bench/games/play_matches.py                       # one game of each color: chess, shogi, go
    python3 bench/games/play_matches.py chess --games 4 --movetime 200

Chess is played against stockfish over UCI, shogi against fairy-stockfish over USI, go against gnugo over GTP. The other
engine is also the referee: it lists the legal moves of every position (`go perft 1`), and gnugo refuses what is illegal,
so that both the moves we make and the moves we accept are checked by rules that are not ours. The script ends with a
table and exits with 1 if a move was illegal, an engine fell silent, or a game did not end.
"""
import argparse
import os
import queue
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Failure(Exception):
    """A game that did not end as it should."""


def find(program):
    path = shutil.which(program) or shutil.which(program, path="/usr/games:/usr/local/games")
    if path is None:
        raise SystemExit(f"{program} is not installed (looked on PATH and in /usr/games); apt-get install {program}")
    return path


class Engine:
    """A process that reads and writes lines. Waiting for it always ends."""

    def __init__(self, name, command, patience):
        self.name, self.patience, self.lines = name, patience, queue.Queue()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True, bufsize=1, cwd=ROOT)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def say(self, text):
        try:
            self.process.stdin.write(text + "\n")
            self.process.stdin.flush()
        except OSError:
            raise Failure(f"{self.name} ended before '{text}'") from None

    def line(self):
        try:
            line = self.lines.get(timeout=self.patience)
        except queue.Empty:
            raise Failure(f"{self.name} said nothing for {self.patience} s") from None
        if line is None:
            raise Failure(f"{self.name} ended")
        return line

    def until(self, start):
        """The lines up to the first that begins with a word; complaints on the way are failures."""
        seen = []
        while True:
            seen.append(self.line())
            if seen[-1].startswith("info string position"):
                raise Failure(f"{self.name}: {seen[-1]}")
            if seen[-1].startswith(start):
                return seen

    def close(self):
        try:
            self.say("quit")
            self.process.wait(5)
        except (Failure, subprocess.TimeoutExpired):
            self.process.kill()


class Universal(Engine):
    """An engine that speaks UCI or USI."""

    def __init__(self, name, command, protocol, patience):
        super().__init__(name, command, patience)
        self.say(protocol)
        self.until(protocol + "ok")

    def ready(self):
        self.say("isready")
        self.until("readyok")

    def position(self, moves):
        self.say("position startpos" + (" moves " + " ".join(moves) if moves else ""))

    def best(self, moves, movetime):
        self.position(moves)
        self.say(f"go movetime {movetime}")
        return self.until("bestmove")[-1].split()[1]

    def legal(self, moves):
        self.position(moves)
        self.say("go perft 1")
        return {match[1] for match in map(re.compile(r"^(\S+): 1$").match, self.until("Nodes searched")) if match}

    def display(self, moves):
        """The lines that show a position: name -> value."""
        self.position(moves)
        self.say("d")
        shown = {}
        while "Checkers" not in shown:
            name, _, value = self.line().partition(":")
            shown[name] = value.strip()
        return shown


def play_universal(kind, strata, other, first, arguments):
    """One game; returns (result, reason, plies). `first` says whether strata makes the first move."""
    protocol = "uci" if kind == "chess" else "usi"
    us = Universal("strata", strata + [kind], protocol, arguments.patience)
    them = Universal(other, [find(other)], protocol, arguments.patience)
    try:
        if kind == "shogi":
            them.say("setoption name UCI_Variant value shogi")
        for engine in (us, them):
            engine.ready()
        moves, seen = [], {}
        while len(moves) < arguments.plies:
            mover, ours = (us, True) if (len(moves) % 2 == 0) == first else (them, False)
            legal, shown = them.legal(moves), them.display(moves)
            fen = shown.get("Fen") or shown["Sfen"]
            board = " ".join(fen.split()[:4 if kind == "chess" else 3])
            seen[board] = seen.get(board, 0) + 1
            if not legal:
                answer = us.best(moves, 10)
                if answer not in ("(none)", "resign"):
                    raise Failure(f"strata plays {answer} where there is no move")
                mate = shown["Checkers"] != "" or kind == "shogi"
                return ("1/2" if not mate else "0" if ours else "1"), "checkmate" if mate else "stalemate", moves
            if seen[board] >= (3 if kind == "chess" else 4):
                return "1/2", "repetition", moves
            if kind == "chess" and int(fen.split()[4]) >= 100:
                return "1/2", "50 moves", moves
            if kind == "chess" and re.fullmatch(r"[^pqr]*", board.split()[0].lower()) and len(re.findall("[nb]", board.split()[0].lower())) < 2:
                return "1/2", "material", moves
            move = mover.best(moves, arguments.movetime)
            if move == "resign":
                return ("0" if ours else "1"), "resigned", moves
            if move == "win":
                return ("1" if ours else "0"), "declared", moves
            if move not in legal:
                raise Failure(f"{mover.name} plays {move}, which is not legal after {' '.join(moves)}")
            moves.append(move)
        raise Failure(f"no end after {arguments.plies} plies")
    finally:
        us.close()
        them.close()


class Gtp(Engine):
    """An engine that speaks GTP."""

    def ask(self, command):
        self.say(command)
        answer = []
        while True:
            line = self.line()
            if line == "" and answer:
                break
            if line or answer:
                answer.append(line)
        if not answer[0].startswith("="):
            raise Failure(f"{self.name} answers '{command}' with '{answer[0]}'")
        return "\n".join(answer)[1:].strip()


def play_go(strata, first, arguments):
    us = Gtp("strata", strata + ["go"], arguments.patience)
    them = Gtp("gnugo", [find("gnugo"), "--mode", "gtp", "--chinese-rules", "--positional-superko", "--level", "1"], arguments.patience)
    try:
        for engine in (us, them):
            engine.ask(f"boardsize {arguments.size}")
            engine.ask("clear_board")
            engine.ask("komi 7.5")
        us.ask(f"time_settings 0 {max(1, arguments.movetime // 1000)} 1")
        moves, passes = [], 0
        while passes < 2:
            if len(moves) >= 3 * arguments.size ** 2:
                raise Failure(f"no end after {len(moves)} moves")
            color = "bw"[len(moves) % 2]
            mover, other, ours = (us, them, True) if (len(moves) % 2 == 0) == first else (them, us, False)
            move = mover.ask(f"genmove {color}")
            moves.append(move)
            if move.lower() == "resign":
                return ("0" if ours else "1"), "resigned", moves
            other.ask(f"play {color} {move}")
            passes = passes + 1 if move.lower() == "pass" else 0
        score = them.ask("final_score")
        won = score.startswith("B") == first
        return ("1/2" if score == "0" else "1" if won else "0"), f"{score} ({us.ask('final_score')} with all stones alive)", moves
    finally:
        us.close()
        them.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", default=[], metavar="GAME", help="chess, shogi, go; all by default")
    parser.add_argument("--strata", help="the command before the name of a game; by default that of this checkout, which is built first")
    parser.add_argument("--games", type=int, default=2, help="games of each kind, colors alternating (2)")
    parser.add_argument("--movetime", type=int, default=100, help="milliseconds a move (100)")
    parser.add_argument("--size", type=int, default=9, help="board of go (9)")
    parser.add_argument("--plies", type=int, default=600, help="longest game of chess or shogi (600)")
    parser.add_argument("--patience", type=int, default=60, help="seconds before an engine counts as hung (60)")
    parser.add_argument("--moves", action="store_true", help="print the moves of each game")
    arguments = parser.parse_args()
    failed = False
    if arguments.strata is None:
        # Not by the games' own `dotnet run`: an engine that is being built says nothing for so long that it counts as hung.
        project = os.path.join("src", "Strata.Cli")
        if subprocess.run(["dotnet", "build", "-c", "Release", project], cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
            raise SystemExit(f"{project} does not build: dotnet build -c Release {project} tells why")
        arguments.strata = f"dotnet run -c Release --no-build --project {project} -- play"
    strata = shlex.split(arguments.strata)
    for kind in arguments.kinds or ["chess", "shogi", "go"]:
        if kind not in ("chess", "shogi", "go"):
            parser.error(f"there is no game '{kind}'")
        for game in range(arguments.games):
            first, started = game % 2 == 0, time.time()
            other = {"chess": "stockfish", "shogi": "fairy-stockfish", "go": "gnugo"}[kind]
            try:
                if kind == "go":
                    result, reason, moves = play_go(strata, first, arguments)
                else:
                    result, reason, moves = play_universal(kind, strata, other, first, arguments)
                print(f"{kind:6} strata {'first ' if first else 'second'} against {other:16} {result:>3}  {len(moves):4} plies  {time.time() - started:6.1f} s  {reason}", flush=True)
                if arguments.moves:
                    print("      ", " ".join(moves))
            except Failure as failure:
                failed = True
                print(f"{kind:6} strata {'first ' if first else 'second'} against {other:16} FAILED: {failure}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
