"""References of Einstein sums and of the factorizations of matrices.

Factorizations are taken of matrices made inside the case (symmetric, well conditioned), so that differences of single elements make
sense; signs that are arbitrary are fixed or do not enter."""
import torch
from reference import case, rand, write

L = torch.linalg


def T(x):
    return x.transpose(-1, -2)


def spd(x):
    return x @ T(x) + torch.eye(x.shape[-2], dtype=x.dtype)


def sym(x):
    return x + T(x)


for equation, shapes in {
    "ij,jk->ik": [(3, 4), (4, 2)],
    "ij,jk": [(3, 4), (4, 2)],
    "ij,kj->ki": [(3, 4), (2, 4)],
    "ji,jk->ik": [(4, 3), (4, 2)],
    "bij,bjk->bik": [(2, 3, 4), (2, 4, 2)],
    "bij,bijd->bjd": [(2, 3, 4), (2, 3, 4, 2)],
    "bhqd,bhkd->bhqk": [(2, 2, 3, 4), (2, 2, 2, 4)],
    "bqhd,bkhd->bhqk": [(2, 3, 2, 4), (2, 2, 2, 4)],
    "i,j->ij": [(3,), (2,)],
    "i,i->": [(3,), (3,)],
    "bi,bi->b": [(2, 3), (2, 3)],
    "ii->i": [(3, 3)],
    "ii": [(3, 3)],
    "iji->j": [(3, 2, 3)],
    "ij->ji": [(3, 2)],
    "ij->": [(3, 2)],
    "ba": [(3, 2)],
    "ij,jk,kl->il": [(2, 3), (3, 4), (4, 2)],
    "i,ij,j->": [(3,), (3, 2), (2,)],
    "ij,ik,il->jkl": [(3, 2), (3, 2), (3, 2)],
    "...ij,...jk->...ik": [(2, 1, 3, 2), (3, 2, 2)],
    "...i,i->...": [(2, 3, 2), (2,)],
    "i...->...": [(3, 2, 2)],
    "ab,bc,ad->": [(2, 3), (3, 2), (2, 2)],
}.items():
    case("einsum/" + equation, lambda *x, equation=equation: torch.einsum(equation, *x), *[rand(*s) for s in shapes])

case("cholesky", lambda x: L.cholesky(spd(x)), rand(3, 3))
case("cholesky/batch", lambda x: L.cholesky(spd(x)), rand(2, 2, 4))
for lower in (True, False):
    for transposed in (False, True):
        def solve(a, b, lower=lower, transposed=transposed):
            t = (a.tril() if lower else a.triu()) + 3 * torch.eye(a.shape[-1], dtype=a.dtype)
            return torch.triangular_solve(b, t, upper=not lower, transpose=transposed)[0]
        case(f"triangular/{'lower' if lower else 'upper'}{' transposed' if transposed else ''}", solve, rand(3, 3), rand(3, 2))
case("triangular/batch", lambda a, b: torch.triangular_solve(b, a.tril() + 2 * torch.eye(3, dtype=a.dtype), upper=False)[0], rand(2, 3, 3), rand(2, 3, 1))
case("solve", lambda a, b: L.solve(a, b), rand(3, 3) + 0, rand(3, 2))
case("solve/transposed", lambda a, b: L.solve(T(a), b), rand(3, 3), rand(3, 2))
case("solve/vector", lambda a, b: L.solve(a, b), rand(4, 4), rand(4))
case("solve/batch", lambda a, b: L.solve(a, b.expand(2, 3, 2)), rand(2, 3, 3), rand(3, 2))
case("inverse", lambda a: L.inv(a), rand(2, 3, 3))
case("determinant", lambda a: L.det(a), rand(2, 3, 3))
case("log determinant", lambda a: L.slogdet(a), rand(2, 3, 3))


def qr(x):
    q, r = L.qr(x)
    signs = r.diagonal(0, -2, -1).sign()
    return q * signs.unsqueeze(-2), r * signs.unsqueeze(-1)


case("qr", qr, rand(4, 3))
case("qr/batch", qr, rand(2, 3, 3))
case("qr/wide", qr, rand(2, 4))


def eigen(x):
    values, v = L.eigh(sym(x))
    return values, v * v, v @ torch.diag_embed(values ** 3) @ T(v)


case("eigen", eigen, rand(4, 4))
case("eigen/batch", eigen, rand(2, 3, 3))


def svd(x):
    u, s, vt = L.svd(x, full_matrices=False)
    return s, u * u, vt * vt, u @ vt


case("svd/tall", svd, rand(4, 3))
case("svd/wide", svd, rand(2, 4))
case("svd/batch", svd, rand(2, 3, 3))

case("pseudo inverse/tall", lambda x: L.pinv(x), rand(4, 3))
case("pseudo inverse/wide", lambda x: L.pinv(x), rand(2, 2, 4))
case("pseudo inverse/low rank", lambda a, b: L.pinv(a @ b, rtol=1e-6), rand(4, 2), rand(2, 3))
case("matrix exponential", lambda x: L.matrix_exp(x), rand(2, 3, 3))
case("matrix exponential/scaled", lambda x: L.matrix_exp(x), rand(3, 3, low=-4, high=4))
write("linear.json")
