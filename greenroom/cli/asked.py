"""What `greenroom run` is asked for by former runs: shards by their times, and what was not right in the last one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.gherkin.narrowing import Wish, some_failed
from greenroom.gherkin.shards import read_part
from greenroom.record.reader import read_record, record_file
from greenroom.record.run_folder import last_record, whole_record


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were given."""

    shard: str = ""
    times: str = ""
    last_failed: bool = False
    failed_first: bool = False

    def options(self, reports: Path, target: str) -> dict[str, str]:
        """The plugin's options and their values: every record that is meant is found once, for all processes.

        Raises GreenroomError (code "usage") for what contradicts itself, and (code "no-record") where only what failed
        is asked for and there was no run yet.
        """
        if self.shard:
            read_part(self.shard)
        if self.times and not self.shard:
            raise GreenroomError("--times goes with --shard", hint="--shard 2/5 is the second of five", code="usage")
        if self.last_failed and self.failed_first:
            raise GreenroomError(
                "--last-failed and --failed-first contradict each other", hint="leave one of them out", code="usage"
            )
        last = last_record(reports) if self.last_failed or self.failed_first else None
        if self.last_failed and last is None:
            raise GreenroomError(
                f"there is no run in {reports} yet", hint="run once without --last-failed", code="no-record"
            )
        if self.last_failed and last is not None:
            some_failed(read_record(last))  # before anything is started
        found = {
            "--shard": self.shard,
            "--times": str(self._balanced_by(reports, target) or "") if self.shard else "",
            "--failed-in": str(last or "") if self.last_failed else "",
            "--failed-first-in": str(last or "") if self.failed_first else "",
        }
        return {option: value for option, value in found.items() if value}

    def _balanced_by(self, reports: Path, target: str) -> Path | None:
        if not self.times:
            return whole_record(reports, target)
        path = record_file(Path(self.times))
        read_record(path)  # what is wrong with it is said before anything starts
        return path

    @staticmethod
    def wish(options: dict[str, str], shuffle: int | None) -> Wish:
        """The same as `options` has it, for what is only listed."""
        paths = {name: Path(value) for name, value in options.items() if name != "--shard"}
        return Wish(
            failed_in=paths.get("--failed-in"),
            failed_first_in=paths.get("--failed-first-in"),
            part=read_part(options["--shard"]) if "--shard" in options else None,
            times=paths.get("--times"),
            shuffle=shuffle,
        )
