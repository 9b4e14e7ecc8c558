"""What may go wrong with an engine; the page stays usable with its last result."""

from typing import Literal

from braid.kernel.errors import BraidError

Reason = Literal["missing", "timeout", "ended", "malformed", "partial", "failed"]


class EngineUnavailable(BraidError):
    """No answer, or none that can be used. `reason` is a slug."""

    code = "engine_unavailable"

    def __init__(self, engine: str, reason: Reason, detail: str = "") -> None:
        super().__init__(engine, reason)
        self.engine = engine
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        told = f" ({self.detail})" if self.detail else ""
        return (
            f"The benefit engine '{self.engine}' gave no answer that can be used: "
            f"{self.reason}{told}. Expected one complete row for each scenario. "
            "Use the last stored result, or the country's rule pack."
        )
