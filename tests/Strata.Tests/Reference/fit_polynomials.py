"""Fits the polynomials of src/Strata/Kernels/Mathematics with the Remez exchange algorithm and prints them as C#.

Needs mpmath only:  python3 fit_polynomials.py > polynomials.txt
Each line says: name, element type, number of coefficients, and the relative error of the fitted factor before rounding."""
import struct
from mpmath import mp, mpf, mpmathify, matrix, lu_solve, chebyt, cos, pi, exp, expm1, log, log1p, sin, tan, tanh, sinh, erf, erfc, atan, asin, sqrt, findroot, linspace

mp.dps = 60


def remez(f, low, high, count):
    """Coefficients c of the polynomial of `count` terms with the least greatest relative error to f on [low, high], and that error."""
    low, high = mpf(low), mpf(high)
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / count) for i in range(count + 1)]
    grid = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (24 * count)) for i in range(24 * count + 1)]
    values = [f(x) for x in grid]
    for _ in range(12):
        a = matrix(count + 1, count + 1)
        b = matrix(count + 1, 1)
        for i, x in enumerate(points):
            y = f(x)
            for j in range(count):
                a[i, j] = x ** j / y
            a[i, count] = (-1) ** i
            b[i] = 1
        solution = lu_solve(a, b)
        c = [solution[j] for j in range(count)]
        error = [sum(cj * x ** j for j, cj in enumerate(c)) / y - 1 for x, y in zip(grid, values)]
        # One extremum of the error in each stretch between its changes of sign.
        points, start = [], 0
        for i in range(1, len(grid) + 1):
            if i == len(grid) or (error[i] > 0) != (error[start] > 0):
                points.append(grid[max(range(start, i), key=lambda k: abs(error[k]))])
                start = i
        if len(points) != count + 1:
            break
    return c, max(abs(e) for e in error)


def series(f, terms):
    "f where it loses digits near 0 is replaced by evaluating with more of them."
    def g(x):
        with mp.workdps(120):
            return f(mpmathify(x) if abs(x) > mpf(10) ** -20 else mpf(10) ** -20)
    return g


def rounded(c, single):
    return struct.unpack("f", struct.pack("f", float(c)))[0] if single else float(c)


def show(name, f, low, high, single, count):
    c, error = remez(series(f, count), low, high, count)
    suffix = "f" if single else ""
    print(f"// {name}, {'float' if single else 'double'}, {count} coefficients, {mp.nstr(error, 3)}")
    text = [(f"{rounded(v, single):.9g}" if single else f"{rounded(v, single):.17g}") + suffix for v in c]
    print("// c0 … : " + ", ".join(text))


def root(f):
    "f as a function of the square of its argument."
    return lambda z: f(sqrt(z))


ln2 = log(mpf(2))
for single in (True, False):
    def fit(name, f, low, high, singles, doubles):
        show(name, f, low, high, single, singles if single else doubles)

    fit("Exp: (e^r - 1 - r)/r^2", lambda r: (exp(r) - 1 - r) / r ** 2, -ln2 / 2 * 1.001, ln2 / 2 * 1.001, 5, 11)
    if single:
        fit("Log: (log(1+f) - f + f^2/2)/f^3", lambda f: (log1p(f) - f + f * f / 2) / f ** 3, sqrt(mpf(2)) / 2 - 1, sqrt(mpf(2)) - 1, 9, 0)
    smax = (sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)
    fit("Log: (2 atanh s - 2s)/s^3 in s^2", root(lambda s: (log1p(s) - log1p(-s) - 2 * s) / s ** 3), 0, smax ** 2 * 1.001, 4, 7)
    fit("Pow: (2 atanh s - 2s - 2/3 s^3)/s^5 in s^2", root(lambda s: (log1p(s) - log1p(-s) - 2 * s - 2 * s ** 3 / 3) / s ** 5), 0, smax ** 2 * 1.001, 3, 7)
    quarter = (pi / 4 * 1.001) ** 2
    fit("Sin: (sin r - r)/r^3 in r^2", root(lambda r: (sin(r) - r) / r ** 3), 0, quarter, 4, 6)
    fit("Cos: (cos r - 1 + r^2/2)/r^4 in r^2", root(lambda r: (cos(r) - 1 + r * r / 2) / r ** 4), 0, quarter, 3, 6)
    fit("Tanh: (tanh x - x)/x^3 in x^2", root(lambda x: (tanh(x) - x) / x ** 3), 0, mpf(0.625) ** 2, 5, 11)
    fit("Sinh: (sinh x - x)/x^3 in x^2", root(lambda x: (sinh(x) - x) / x ** 3), 0, 1, 4, 7)
    fit("Erf: erf x / x - 1 in x^2", root(lambda x: erf(x) / x), 0, 1, 7, 12)
    k = mpf(2)
    def scaled(t):
        x = k * (1 + t) / (1 - t)
        return (1 + 2 * x) * exp(x * x) * erfc(x)
    low, high = mpf("0.5"), (mpf(11) if single else mpf(28))
    fit("Erfc: (1 + 2x) e^(x^2) erfc x in t = (x - 2)/(x + 2)", scaled, (low - k) / (low + k), (high - k) / (high + k), 10, 22)
    fit("Atan: (atan x - x)/x^3 in x^2", root(lambda x: (atan(x) - x) / x ** 3), 0, tan(pi / 8) ** 2 * 1.001, 5, 11)
    fit("Asin: (asin x - x)/x^3 in x^2", root(lambda x: (asin(x) - x) / x ** 3), 0, mpf("0.2501"), 5, 12)
