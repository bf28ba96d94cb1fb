"""A short share of the fuzzers, always the same, and every fault that they ever found."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from fuzz.case import CASES, Input, all_cases, read_case
from fuzz.minimise import minimise, reduced
from fuzz.run import Tally, kinds, made, run_kind, table, try_apart
from fuzz.watch import Fault, signature

# How many of each are tried here, in about 20 s of processor; `make fuzz` tries as many as there is time for.
SHARE = {
    "issues": 40,
    "styles": 3,
    "pictures": 25,
    "fonts": 6,
    "manuscripts": 40,
    "pdfs": 12,
    "requests": 40,
    "builds": 6,
}
FIRST = 7_000_000  # seeds that no run from 0 on comes to


@pytest.mark.slow
@pytest.mark.parametrize("name", SHARE)
def test_inputs_from_strangers_come_to_no_harm(name: str) -> None:
    (kind,) = kinds([name])
    tally = run_kind(kind, FIRST, count=SHARE[name])
    assert tally.tried == SHARE[name]
    faults = [f"{found[0].signature}, seed {found[0].seed}: {found[0].said}" for found in tally.faults.values()]
    assert not faults, "\n".join(faults)
    assert tally.tried < 10 or tally.results["built"] >= tally.tried / 10


@pytest.mark.slow
def test_every_fault_that_was_found_stays_mended() -> None:
    by_kind: dict[str, list[Path]] = {}
    for folder in all_cases():
        by_kind.setdefault(folder.parent.name, []).append(folder)
    faults = []
    for name, folders in by_kind.items():
        (kind,) = kinds([name])
        results = try_apart(kind, [read_case(folder) for folder in folders])
        for folder, (result, said) in zip(folders, results, strict=True):
            if result.startswith("!"):
                faults.append(f"{folder.relative_to(CASES)}: {result[2:]}: {said.strip()[-300:]}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", ["issues", "styles", "pictures", "fonts", "manuscripts", "pdfs", "requests", "kills"])
def test_a_seed_gives_the_same_input_every_time(name: str) -> None:
    (kind,) = kinds([name])
    for seed in range(FIRST, FIRST + 2):
        assert made(kind, seed) == made(kind, seed)


@pytest.mark.parametrize(
    ("deed", "rule"),
    [
        ("open('../secret.md').read()", "read-outside"),
        ("open('../spoilt.txt', 'w').write('x')", "written-outside"),
        ("import subprocess; subprocess.run(['true'])", "process-started"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "network"),
        pytest.param("while True: pass", "Hang", marks=pytest.mark.slow),
        pytest.param("x = bytearray(b'x') * (900 << 20)", "memory", marks=pytest.mark.slow),
        ("open('out/.a.pdf.part', 'w').close()", "stray"),
        ("1 / 0", "ZeroDivisionError"),
        ("import os; os._exit(3)", "died"),
    ],
)
def test_the_watch_sees_what_must_not_be(deed: str, rule: str) -> None:
    from fuzz.case import BUILT, Kind

    def attempt(given: Input, folder: Path) -> str:
        exec(given.options["deed"].replace("../", f"{folder}/../"), {})
        return BUILT

    kind = Kind("deeds", lambda random: Input("deeds"), attempt, 1.0, 1, seconds=5.0)
    ((result, said),) = try_apart(kind, [Input("deeds", options={"deed": deed})])
    assert result.startswith(f"! {rule}"), (result, said)


def test_a_faulty_input_is_made_small() -> None:
    text = "\n".join(f"line {number}" for number in range(200)).encode()
    given = Input("x", {"a.md": text, "b.md": b"b", "c.bin": bytes(5000) + b"bad" + bytes(5000)}, {}, {"pdf": True})
    small = minimise(given, lambda made: b"7" in made.files.get("a.md", b"") and b"bad" in made.files.get("c.bin", b""))
    assert small == Input("x", {"a.md": b"7", "c.bin": small.files["c.bin"]})
    assert len(small.files["c.bin"]) < 10
    assert reduced([*range(100)], lambda parts: {3, 97} <= set(parts)) == [3, 97]


def test_faults_are_reported_apart_by_their_place() -> None:
    import layout

    with pytest.raises(TypeError) as caught:
        layout.load(3)  # type: ignore[arg-type]
    assert signature(caught.value).startswith("TypeError issue/reader.py:")
    assert signature(Fault("text-lost", "12")) == "text-lost"


def test_a_table_says_what_was_tried() -> None:
    tally = Tally("issues", 12_000)
    tally.results.update({"built": 9_000, "refused": 3_000})
    assert table([tally]).splitlines()[1].split() == ["issues", "12,000", "9,000", "3,000", "0", "0", "0"]
    assert Random("issues 1").random() == Random("issues 1").random()
