"""References of Fourier transforms: complex numbers are pairs in the last axis, as torch.view_as_real makes them."""
import torch
from reference import case, rand, write

C, R = torch.view_as_complex, torch.view_as_real
F = torch.fft

for n in (1, 2, 3, 4, 5, 8, 12, 13, 17, 30):
    case(f"fft/{n}", lambda x: R(F.fft(C(x))), rand(2, n, 2))
    case(f"inverse/{n}", lambda x: R(F.ifft(C(x))), rand(2, n, 2))
    case(f"real/{n}", lambda x: R(F.rfft(x)), rand(2, n))
    case(f"real inverse/{n}", lambda x, n=n: F.irfft(C(x), n=n), rand(2, n // 2 + 1, 2))
case("fft/axis 0", lambda x: R(F.fft(C(x), dim=0)), rand(3, 2, 2))
case("inverse/axis 1 of 3", lambda x: R(F.ifft(C(x), dim=1)), rand(2, 3, 2, 2))
case("real/axis 1 of 3", lambda x: R(F.rfft(x, dim=1)), rand(2, 5, 3))
case("real inverse/axis 0", lambda x: F.irfft(C(x), dim=0), rand(3, 2, 2))
write("fourier.json")
