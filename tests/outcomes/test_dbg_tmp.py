from tests.outcomes.test_what_leaves import *
from braid.outcomes.scopes import Scope
from braid.facts import leaving
from braid.packs import suppression
import dataclasses
def test_dbg(frozen):
    sam = frozen.sam.actor
    of = scopes.scope(sam, scopes.ALL)
    from braid.outcomes import periods
    w = next(c for c in queries.shown_charts() if c.name == "working")
    with scopes.opened(sam, of, TODAY) as drawn:
        fig = dict(reading._figures(w, drawn, periods.offered(TODAY), of.countries, by_unit=True))
    q={p:f for p,f in fig.items() if p.period=="2026Q2"}
    for n,some in (("quarter",q),("all",fig)):
        sh=leaving.protect(some, suppression.get("nhs-mhsds"), sums=list(reading._sums(some, of.countries)))
        for p,f in some.items():
            if p.period=="2026Q2": print("X",n,p.unit[:4],{k:int(v) for k,v in f.amounts.items()},{k:str(v.value) for k,v in sh[p].amounts.items()})
    assert 0
