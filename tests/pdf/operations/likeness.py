"""How alike two documents look: the structural similarity of their pages (Wang et al., 2004), from 0 to 1 for equal."""

from statistics import fmean

from PIL import Image, ImageMath

from tests.pdf.operations.tried import pictures

RESOLUTION = 100
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def likeness(one: bytes, other: bytes) -> float:
    """The mean over the pages, drawn in grey; 0 when there are not as many."""
    first, second = pictures(one, RESOLUTION / 72), pictures(other, RESOLUTION / 72)
    if [page.size for page in first] != [page.size for page in second]:
        return 0.0
    return fmean(map(ssim, first, second))


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Of two grey pictures of the same size."""
    x, y = one.convert("F"), other.convert("F")
    mx, my = _blurred(x), _blurred(y)
    parts = {
        "mx": mx,
        "my": my,
        "xx": _blurred(_times(x, x)),
        "yy": _blurred(_times(y, y)),
        "xy": _blurred(_times(x, y)),
    }
    told = ImageMath.lambda_eval(
        lambda of: (
            (of["mx"] * of["my"] * 2 + C1)
            * ((of["xy"] - of["mx"] * of["my"]) * 2 + C2)
            / (of["mx"] * of["mx"] + of["my"] * of["my"] + C1)
            / (of["xx"] - of["mx"] * of["mx"] + of["yy"] - of["my"] * of["my"] + C2)
        ),
        **parts,
    )
    values = told.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return float(values)


def _times(one: Image.Image, other: Image.Image) -> Image.Image:
    product: Image.Image = ImageMath.lambda_eval(lambda of: of["a"] * of["b"], a=one, b=other)
    return product


def _blurred(image: Image.Image) -> Image.Image:
    """Pillow blurs whole numbers only: so in small and large again, which is a blur too."""
    size = (max(image.width // 4, 1), max(image.height // 4, 1))
    return image.resize(size, Image.Resampling.BOX)
