"""log(erfc x) and its derivative -2/sqrt(pi) e^(-x^2)/erfc(x) at the points of StabilityTests, by mpmath at 30 digits."""
import struct
import mpmath as m

m.mp.dps = 30
for point in [-30, 1, 4.9, 5.1, 30]:
    x = m.mpf(struct.unpack("f", struct.pack("f", point))[0])
    print(point, m.nstr(m.log(m.erfc(x)), 16), m.nstr(-2 / m.sqrt(m.pi) * m.exp(-x * x) / m.erfc(x), 16))
