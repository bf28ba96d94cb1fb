"""Issues on a Dask cluster: every worker builds, keeps its faces, and one issue that fails stops no other."""

from __future__ import annotations

import pytest

import layout
from issues import article, issue, write
from layout.text.fonts import faces

distributed = pytest.importorskip("distributed")

GOOD = issue({"a": article(300)}, [{20: "a"}])
BAD = issue({"a": article(5000)}, [{20: "a"}])


def faces_kept() -> int:
    """How often the process that asks took a face that it had read before."""
    return faces._cached_face.cache_info().hits


@pytest.mark.slow
def test_an_archive_on_a_cluster(tmp_path):
    data = [GOOD | {"number": number} for number in range(1, 7)]
    data[3] = BAD
    folders = [write(tmp_path / f"no-{number}", each) for number, each in enumerate(data, 1)]
    done = []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        reports = layout.build_many(
            folders, client.get_executor(), folder=tmp_path / "out", done=lambda folder, report: done.append(folder)
        )
        assert all(hits > 0 for hits in client.run(faces_kept).values())
    assert [report.ok for report in reports.values()] == [True, True, True, False, True, True]
    assert sorted(done) == folders
    layout.build(folders[0], tmp_path / "alone.pdf")
    assert (tmp_path / "alone.pdf").read_bytes() == (tmp_path / "out" / "no-1.pdf").read_bytes()
