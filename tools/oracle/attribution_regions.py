"""LIME and Shapley values of regions from all sets of them, for attribution.py.

`cuts` [N, H, W] are the numbers of the regions, each image's own; a region that is not seen holds `cover`, as fed.
"""

import torch

PIECE = 256


def cells(s, count):
    """Every image cut into count x count rectangles."""
    at = torch.arange(s.x.shape[2]) * count // s.x.shape[2]
    return (at[:, None] * count + at[None, :]).expand(len(s.x), -1, -1)


def of_subsets(s, image, cut, cover):
    """All sets of regions as rows of 0 and 1, and the probability where only those are seen."""
    count = int(cut.max()) + 1
    seen = (torch.arange(2 ** count)[:, None] >> torch.arange(count)) & 1
    values = []
    with torch.no_grad():
        for some in seen.split(PIECE):
            mask = some.to(s.x.dtype)[:, cut][:, None]
            values.append(s.probability(image * mask + cover * (1 - mask)))
    return seen.to(torch.float64), torch.cat(values).double()


def own(image, cut):
    """Each region the mean of its colours."""
    out = torch.empty_like(image)
    for j in range(int(cut.max()) + 1):
        out[:, cut == j] = image[:, cut == j].mean(1, keepdim=True)
    return out


def shapley(s, cuts):
    """Exact values by the definition, shared out among the pixels of a region, [N, H, W]."""
    factorial = lambda n: torch.exp(torch.lgamma(n.double() + 1))
    out = []
    for image, cut in zip(s.x, cuts):
        seen, v = of_subsets(s, image, cut, torch.zeros_like(image))
        regions = seen.shape[1]
        size = seen.sum(1)
        weight = factorial(size) * factorial(regions - 1 - size) / factorial(torch.tensor(regions))
        phi = torch.stack([(weight * (v[torch.arange(len(v)) | (1 << j)] - v))[seen[:, j] == 0].sum()
                           for j in range(regions)])
        out.append((phi / torch.bincount(cut.flatten()))[cut])
    return torch.stack(out)


def lime(s, cuts, samples, cover=None, width=0.25, ridge=1.0):
    """Weighted ridge regression on sets of regions, each set as often as `samples` draws have it on average, [N, H, W]."""
    out = []
    for image, cut in zip(s.x, cuts):
        seen, v = of_subsets(s, image, cut, torch.zeros_like(image) if cover is None else cover(image, cut))
        distance = 1 - torch.sqrt(seen.mean(1))
        weight = torch.sqrt(torch.exp(-distance ** 2 / width ** 2)) * samples / len(seen)
        centred = seen - (weight @ seen) / weight.sum()
        left = centred.T @ (weight[:, None] * centred) + ridge * torch.eye(seen.shape[1], dtype=seen.dtype)
        right = centred.T @ (weight * (v - (weight @ v) / weight.sum()))
        out.append(torch.linalg.solve(left, right)[cut])
    return torch.stack(out)
