"""The program that reads a PDF: bytes in, one JSON document with the words of its pages out.

    python pdf_pages.py SECONDS BYTES < file.pdf

Run by itself with a limit of time and memory, and without anything else of Braid.
"""

import io
import json
import logging
import resource
import sys

MOST_PAGES = 5_000


def main(seconds: int, memory: int) -> None:
    """Print `{pages: [...]}`, or `{problem: encrypted | damaged}`."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    logging.disable(logging.CRITICAL)
    print(json.dumps(_read(sys.stdin.buffer.read())))


def _read(data: bytes) -> dict[str, object]:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        # Many files are encrypted with an empty password: anybody may read those.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "encrypted"}
        if len(reader.pages) > MOST_PAGES:
            return {"problem": "too_much"}
        return {"pages": [page.extract_text() for page in reader.pages]}
    except (MemoryError, RecursionError):
        return {"problem": "too_much"}
    except Exception:  # whatever its reader stumbles over means one thing
        return {"problem": "damaged"}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
