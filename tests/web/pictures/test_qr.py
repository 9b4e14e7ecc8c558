"""A QR code: it says what it should, and fits the content security policy."""

import re

import segno

from braid.web.pictures import qr

ADDRESS = "https://braid.example/welcome/ABCD-EFGH-JKLM/"


def test_the_drawing_is_that_of_the_text():
    drawn = qr.draw(ADDRESS, "The address")
    path = segno.make(ADDRESS, error="m", micro=False).svg_inline(border=4)
    assert re.search(r'd="(M4 [^"]+)"', path).group(1) in drawn


def test_it_needs_no_style_and_reads_out_its_label():
    drawn = qr.draw(ADDRESS, "Address <of> Pat")
    assert "style" not in drawn
    assert "<title>Address &lt;of&gt; Pat</title>" in drawn
    assert 'fill="#fff"' in drawn
    assert 'stroke="#000"' in drawn
