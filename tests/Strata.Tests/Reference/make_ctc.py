"""References of connectionist temporal classification from torch.nn.functional.ctc_loss."""
import torch
import torch.nn.functional as F
from reference import case, rand, write


def ctc(logits, labels, steps, counts, blank=0):
    return F.ctc_loss(logits.log_softmax(-1).transpose(0, 1), labels, steps, counts, blank=blank, reduction="none")


i = lambda *v: torch.tensor(v)
case("ctc", ctc, 2 * rand(2, 5, 4), torch.tensor([[1, 2], [3, 1]]), i(5, 5), i(2, 2))
case("ctc/repeated labels", ctc, 2 * rand(2, 6, 3), torch.tensor([[1, 1, 2], [2, 2, 2]]), i(6, 6), i(3, 3))
case("ctc/lengths", ctc, 2 * rand(3, 5, 4), torch.tensor([[1, 2, 3], [3, 0, 0], [2, 2, 0]]), i(5, 2, 4), i(3, 1, 2))
case("ctc/no labels", ctc, 2 * rand(1, 4, 3), torch.tensor([[1, 2]]), i(3), i(0))
case("ctc/blank last", lambda *x: ctc(*x, blank=3), 2 * rand(2, 4, 4), torch.tensor([[0, 1], [2, 0]]), i(4, 3), i(2, 1))
case("ctc/tight", ctc, 2 * rand(1, 3, 3), torch.tensor([[1, 1]]), i(3), i(2))
write("ctc.json")
