from collections.abc import Sequence
from ..model import Edit
def read_again(text: str) -> Sequence[Edit]:
    return []
