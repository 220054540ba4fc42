"""docs/mutants.md: what became of the mutants that were tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from tests.mutants.judged import Judgement, Word
from tests.mutants.mutant import Kind
from tests.mutants.results import Outcome, Result
from tests.mutants.tally import Tally, tally
from tests.planted.bug import promise_order

_HEAD = """\
# Mutants

Nobody chose them: `python -m tests.mutants` changes the reference in one small place at a time, runs the scenarios that
come by that place until one is red, and runs that one once more, so that a chance red is no kill. What does not start,
takes too long, or leaves scenarios that could not tell is counted apart, and is no kill.

Which scenarios come by which statement is recorded once for a suite: one run of all of them, in as many parts as there
are jobs, on copies of the reference that write down, at each statement of PL/pgSQL, Python and JavaScript, that
they came by. What is declared only (tables, functions in SQL itself, what a module does when it is imported) could be
seen by any scenario; policies and rights on tables by those that make somebody ask the data API.

- *sql*: functions, policies, constraints, grants and the cleanup migration. A SET clause, a condition, a statement, a
  lock or a `coalesce` is dropped; a comparison, a constant, an order or the handling of NULL is another.
- *python*: gateway, data API and auth. A condition is turned round or dropped, a branch is never taken, a call or an
  element is dropped, a constant is another.
- *page*: its JavaScript. An `await`, a listener, a statement, a branch or an escape is dropped, a condition is another,
  a failure is swallowed.

Some places no sample is drawn from, whatever its seed, as no promise could speak of them: how people sign in, how a
part starts, the numbers and words of a table API's refusals, a limiter, looks and phrases. `tests/mutants/undrawn.py`
names them. Mutants of these that were tried before there was such a list stay on this page.

A survivor is *equivalent* when no request and no page can tell it from the reference, and *outside* when what it
changes is promised nowhere; `tests/mutants/judged.toml` gives each its reason. All others count, and what they show
becomes a scenario.

```
python -m tests.mutants --sample 100 --seed 1 -j 2         # so many of each kind; goes on where it was interrupted
python -m tests.mutants --sample 100 --seed 1 --most 40    # a first look, with at most 40 scenarios and fewer slow ones
python -m tests.mutants --sample 100 --seed 1 --together 8 # then all, for 8 survivors in one copy of the reference
python -m tests.mutants --sample 0 --page docs/mutants.md  # writes this page of what has been tried
python -m tests.mutants KEY                                # tries one again
python -m tests.mutants KEY --last-record --first "a name" # after a new scenario, which is run first, without a record
```
"""

_SEEN = "By scenarios that were written for them, or that had been left out of the first trial.\n"


def page_of(
    outcomes: Sequence[Outcome],
    judged: Mapping[str, Judgement],
    since: Sequence[Outcome] = (),
    at_first: Sequence[Outcome] = (),
) -> str:
    """The page, in Markdown. `since` are the kills of mutants that an earlier suite did not see, `at_first` what came
    of each mutant when it was tried for the first time."""
    ordered = sorted(outcomes, key=lambda one: (one.kind, one.file, one.line, one.key))
    lines = [
        _HEAD,
        "## Figures\n",
        *_figures(ordered, judged),
        "",
        *_first(at_first, judged),
        "",
        "## Killed by\n",
        *_killers(ordered),
        "",
    ]
    lines += ["## Survivors that are seen by now\n", _SEEN, *_seen(since), ""]
    survivors = [one for one in ordered if one.result is Result.SURVIVED]
    counted = [one for one in survivors if _word(one, judged) not in (Word.EQUIVALENT, Word.OUTSIDE)]
    lines += ["## Survivors that count\n", *_table(counted, judged), ""]
    for word, title in ((Word.OUTSIDE, "## Outside of the contract\n"), (Word.EQUIVALENT, "## Equivalent\n")):
        lines += [title, *_table([one for one in survivors if _word(one, judged) is word], judged), ""]
    apart = [one for one in ordered if one.result not in (Result.KILLED, Result.SURVIVED)]
    lines += ["## Apart\n", *_apart(apart)]
    return "\n".join(lines).rstrip() + "\n"


def _word(one: Outcome, judged: Mapping[str, Judgement]) -> Word | None:
    return judged[one.key].word if one.key in judged else None


def _figures(outcomes: Sequence[Outcome], judged: Mapping[str, Judgement]) -> Iterable[str]:
    yield "| kind | tried | killed | survived | killed of those | 95 % interval | equivalent | outside | apart |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for kind in Kind:
        yield _figure(kind.value, tally([one for one in outcomes if one.kind == kind.value], judged))
    yield _figure("**all**", tally(outcomes, judged))


def _first(outcomes: Sequence[Outcome], judged: Mapping[str, Judgement]) -> Iterable[str]:
    """The rate before anything was learned of these mutants."""
    if outcomes:
        told = tally(outcomes, judged)
        low, high = told.interval
        yield "Scenarios were written for what survived, so these figures flatter the suite for this sample. When each"
        yield f"mutant was tried for the first time, {told.killed} of {told.counted} that count were killed:"
        yield f"{told.rate:.0%} ({low:.0%} to {high:.0%}), some of them by a part of the scenarios only."
    timed = [one for one in outcomes if one.seconds and one.result in (Result.KILLED, Result.SURVIVED)]
    spans = [[one.seconds for one in timed if one.result is result] for result in (Result.KILLED, Result.SURVIVED)]
    if all(spans):
        killed, survived = map(median, spans)
        yield f"\nA first trial that ended in a kill took {killed:.0f} s at the median, any other {survived:.0f} s, two"
        yield "at once on two cores, which had other work as well."


def _figure(name: str, told: Tally) -> str:
    low, high = told.interval
    rate = f"{told.rate:.0%} | {low:.0%} to {high:.0%}" if told.counted else "- | -"
    counts = (
        f"{told.tried} | {told.killed} | {told.survived} | {rate} | {told.equivalent} | {told.outside} | {told.apart}"
    )
    return f"| {name} | {counts} |"


def _killers(outcomes: Sequence[Outcome]) -> Iterable[str]:
    killed = [one for one in outcomes if one.result is Result.KILLED]
    promises = Counter(one.promise for one in killed)
    yield "The promise under which the first red scenario stands; others would have been red as well.\n"
    yield "| promise | mutants | such as |"
    yield "|---|---|---|"
    for promise in sorted(promises, key=promise_order):
        one = next(one for one in killed if one.promise == promise)
        yield f"| {promise} | {promises[promise]} | {_told(one)} |"


def _seen(outcomes: Sequence[Outcome]) -> Iterable[str]:
    if not outcomes:
        yield "None."
        return
    yield "| mutant | what it changes | seen by |"
    yield "|---|---|---|"
    for one in sorted(outcomes, key=lambda one: (promise_order(one.promise), one.key)):
        yield f"| `{one.key}` | {_told(one)} | {one.promise} {_cell(one.by.partition('::')[2]).replace('<', '&lt;')} |"


def _table(outcomes: Sequence[Outcome], judged: Mapping[str, Judgement]) -> Iterable[str]:
    if not outcomes:
        yield "None."
        return
    yield "| mutant | what it changes | reason |"
    yield "|---|---|---|"
    for one in outcomes:
        reason = judged[one.key].reason if one.key in judged else "not looked at yet"
        reason += f" ({one.note})" if one.note else ""
        yield f"| `{one.key}` | {_told(one)} | {_cell(reason)} |"


def _apart(outcomes: Sequence[Outcome]) -> Iterable[str]:
    if not outcomes:
        yield "None."
        return
    yield "| mutant | what it changes | what became of it |"
    yield "|---|---|---|"
    for one in outcomes:
        yield f"| `{one.key}` | {_told(one)} | {one.result.value} |"


def _told(one: Outcome) -> str:
    before, after = _differing(one.before, one.after)
    what = f"`{before}` becomes `{after}`" if after else f"`{before}` goes"
    return _cell(f"{one.where}, {one.operator}: {what}")


def _differing(before: str, after: str) -> tuple[str, str]:
    """The words that differ, with one word on each side."""
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    start = max(start - 1, 0)
    end = max(end - 1, 0)
    return _short(old[start : len(old) - end]), _short(new[start : len(new) - end])


def _short(words: Sequence[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= 140 else f"{text[:100]} … {text[-36:]}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
