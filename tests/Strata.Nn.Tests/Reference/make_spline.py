"""The numbers of SpatialTransformerTests.A_spline_has_the_values_of_another_implementation: SciPy's thin plate spline, 5 x 4 pixels through 3 x 3 points.

Run with Debian's python3-scipy; prints the numbers row by row, x before y."""
import numpy as np
from scipy.interpolate import RBFInterpolator


def lattice(height, width):
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    return np.stack([x.ravel(), y.ravel()], 1)


places = lattice(3, 3) + 0.2 * np.sin(1 + np.arange(18.0)).reshape(9, 2)
spline = RBFInterpolator(lattice(3, 3), places, kernel="thin_plate_spline", degree=1)
print(", ".join(f"{v:.9f}" for v in spline(lattice(5, 4)).ravel()))
