"""References of images sampled at points between pixels."""
import torch
import torch.nn.functional as F
from reference import case, rand, write


def sample(x, grid, **options):
    return F.grid_sample(x.permute(0, 3, 1, 2), grid, mode="bilinear", **options).permute(0, 2, 3, 1)


for border in ("zeros", "border"):
    for aligned in (False, True):
        name = f"sample/{border}{' aligned' if aligned else ''}"
        case(name, lambda x, g, b=border, a=aligned: sample(x, g, padding_mode=b, align_corners=a), rand(2, 3, 4, 2), rand(2, 2, 3, 2, low=-1.4, high=1.4))


def sample_pixels(x, points):
    scale = torch.tensor([2 / (x.shape[2] - 1), 2 / (x.shape[1] - 1)], dtype=x.dtype)
    return sample(x, points * scale - 1, padding_mode="zeros", align_corners=True)


case("sample/pixels", sample_pixels, rand(1, 3, 4, 1), rand(1, 2, 3, 2, low=0, high=3))
write("imaging.json")
