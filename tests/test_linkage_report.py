"""The report of how well duplicates are found."""

import json

from click.testing import CliRunner

from jinzita.cli.linkage import command


def test_the_report_prints_every_way(shared_data, tmp_path):
    (tmp_path / "cn-company-names").symlink_to(shared_data / "cn-company-names")
    printed = CliRunner().invoke(command, [str(tmp_path), "--companies", "200", "--json"])
    ways = [one["way"] for one in json.loads(printed.stdout)["companies"]["ways"]]
    assert {"initials", "homophone", "look-alike", "all"} <= set(ways)
    assert CliRunner().invoke(command, [str(tmp_path / "cn-company-names")]).exit_code == 1
