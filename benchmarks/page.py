"""The page for people: what was measured, on what, against which peer, and whether the target is met."""

from __future__ import annotations

from typing import Any

Report = dict[str, Any]


def page(reports: dict[str, Report]) -> str:
    """docs/performance.md from the reports of one run of all benchmarks."""
    machine = reports["sessions"]["machine"]
    packages = ", ".join(f"{name} {number}" for name, number in machine["packages"].items())
    return "\n".join(
        [
            "# Performance",
            "",
            "Written by `make bench`; do not edit. Every number comes from the programs in `benchmarks/`.",
            "",
            f"Measured on {machine['cores']} x {machine['processor']}, {machine['memory_gb']} GB, {machine['system']}, "
            f"Python {machine['python']}, {packages}. Load of the machine with other work before the runs: "
            + ", ".join(f"{name} {report['machine']['load_before']:.1f}" for name, report in reports.items())
            + ".",
            "",
            "| what | target | measured | met | peer, measured in the same run |",
            "|---|---|---|---|---|",
            *(f"| {' | '.join(row)} |" for row in rows(reports)),
            "",
            *sessions(reports["sessions"]),
        ]
    )


def counting(report: Report) -> list[list[str]]:
    """All indicators over a large programme, and a dashboard from a snapshot, on each kind of store."""
    table = []
    for kind, target in report["target_seconds"].items():
        found = report[kind]
        what = f"all indicators over {report['attendances']:,} attendances, {found['database']}"
        took, peer = found["all_indicators_seconds"], found["peer_count_distinct_seconds"]
        table.append([what, f"<= {target:g} s", f"{took:g} s", _met(took <= target),
                      f"COUNT(DISTINCT person) {peer:g} s; load {found['load_before_counting']:g}"])  # fmt: skip
        page, limit = found["dashboard_page"], report["target_dashboard_seconds"]
        table.append(["the whole page of results from its snapshots, half of them (95 of 100)",
                      f"<= {limit * 1000:g} ms",
                      f"{page['seconds'] * 1000:.0f} ms ({page['p95_seconds'] * 1000:.0f} ms)",
                      _met(page["p95_seconds"] <= limit),
                      f"a page that does nothing {page['peer_trivial_page_seconds'] * 1000:.0f} ms; "
                      f"the first after a start {page['first_after_start_seconds'] * 1000:.0f} ms, its charts "
                      f"{page['charts_drawn_seconds'] * 1000:.0f} ms once"])  # fmt: skip
    return table


def checking_in(report: Report) -> list[list[str]]:
    """One scan a request at a door, on each kind of store."""
    table = []
    for found in (report, report["postgresql"]):
        peer = found["peer_trivial_view"]
        table.append([f"checking in at {report['a_second']} a second, 99 of 100, {found['store']}",
                      f"<= {report['target_ms']:g} ms", f"{found['p99_ms']:g} ms (half of them {found['p50_ms']:g} ms)",
                      _met(found["p99_ms"] <= report["target_ms"]),
                      f"a page that does nothing {peer['p99_ms']:g} ms; processor {found['processor_ms_each']:g} and "
                      f"{peer['processor_ms_each']:g} ms a request; "
                      f"load {found['load_before_measuring']:g}"])  # fmt: skip
    return table


def importing(report: Report) -> list[list[str]]:
    """A large attendee report, by kind of file."""
    table = []
    for kind in ("csv", "xlsx"):
        found = report[kind]
        table.append([f"{report['rows']:,} rows imported from {kind.upper()}", f"<= {report['target_seconds']} s",
                      f"{found['seconds']:g} s", _met(found["seconds"] <= report["target_seconds"]),
                      f"{found['peer']}, reading alone, {found['peer_reading_seconds']:g} s; "
                      f"processor {found['cpu_seconds']:g} s"])  # fmt: skip
    return table


def class_at_once(report: Report) -> list[list[str]]:
    """A class whose devices all do the same at the same moment."""
    devices = report["devices"]
    return [
        [f"{devices} devices of a class join at the same moment, 99 of 100", "reported",
         f"{report['join_p99_ms']:g} ms", "",
         f"half of them {report['join_p50_ms']:g} ms; a page without anything stored, one at a time, "
         f"{report['peer_plain_page_p50_ms']:g} ms"],
        [f"an action on disk and acknowledged while all {devices} stream, 99 of 100", "reported",
         f"{report['action_acknowledged_p99_ms']:g} ms", "",
         f"half of them {report['action_acknowledged_p50_ms']:g} ms; {report['frames_a_second']} frames a second"],
        ["the facilitator's page meanwhile, 99 of 100", "reported", f"{report['leaders_page_p99_ms']:g} ms", "",
         f"half of them {report['leaders_page_p50_ms']:g} ms, asked without a pause"],
    ]  # fmt: skip


def contamination(air: Report, touch: Report, scoring: Report) -> list[list[str]]:
    """The twins of air and touch, on one core."""
    steps, tick = "million_particle_steps_per_s", "tick_of_2000_particles_among_two_hands_and_a_syringe_ms"
    exposed = {sites: air[f"exposure_tick_{sites}_sites_us"] for sites in (1, 12)}
    return [
        ["particle steps in the cabinet's air", f">= {air[f'target_{steps}']:g} million a second",
         f"{air[steps]:g} million", _met(air[steps] >= air[f"target_{steps}"]),
         f"numpy {air[f'peer_numpy_{steps}']:g} million"],
        ["a tick of 2,000 particles among two hands and a syringe", f"<= {air['target_tick_ms']:g} ms",
         f"{air[tick]:g} ms", _met(air[tick] <= air["target_tick_ms"]),
         f"in air without bodies {air['tick_of_2000_particles_ms']:g} ms"],
        ["expected exposure in a live session, a tick on average", f"<= {scoring['target_exposure_us']:g} us",
         f"{scoring['exposure_us_a_tick']:g} us", _met(scoring["exposure_us_a_tick"] <= scoring["target_exposure_us"]),
         f"asked every fourth tick; 12 open sites at once {exposed[12]:g} us, one {exposed[1]:g} us"],
        ["scoring a live session (air, instruments, touch), a tick", "reported",
         f"{scoring['scoring_us_a_tick']:g} us", "",
         f"the rest of the simulator's tick {scoring['peer_us_a_tick_without_scoring']:g} us"],
        [f"a touch, with {touch['members']} members beside the central run", f"<= {touch['target_us_a_touch']:g} us",
         f"{touch['us']['touch']:g} us", _met(touch["us"]["touch"] <= touch["target_us_a_touch"]),
         f"its arithmetic alone {touch['us_arithmetic_alone']['numpy']:g} us, "
         f"compiled by numba {touch['us_arithmetic_alone']['peer_numba']:g} us"],
    ]  # fmt: skip


def rows(reports: dict[str, Report]) -> list[list[str]]:
    """What, target, measured, met, peer."""
    live, half, hundred = reports["sessions"], reports["sessions"]["half_load"], reports["sessions"]["hundred_sessions"]
    replay, simulate, start, client = (reports[name] for name in ("replay", "simulate", "start", "client"))
    dense, footprint, pack = replay["every_tick"], reports["footprint"], reports["pack"]
    return [
        ["live sessions of one core at 20 Hz, share of the echo's connections", ">= 50 %", _share(live["ratio"]),
         "not decided: the echo's ramp was ended by the load's process" if live["echo_ended_by_the_load"]
         else _met((live["ratio"] or 0) >= 0.5),
         f"{live['sessions_per_core']} sessions, {live['echo_connections_per_core']} connections of a plain echo"],
        ["the same by processor time, echo over session", ">= 50 %", _share(live["cpu_ratio"]),
         _met((live["cpu_ratio"] or 0) >= 0.5), "each at the largest number that held"],
        ["lateness of the server's beat at half of that load, 99 of 100", "< 25 ms", f"<= {half['late_p99_ms']:g} ms",
         _met(half["late_p99_ms"] < 25), f"{half['sessions']} sessions"],
        ["server's memory with 100 live sessions", "reported", f"{hundred['memory_mb']:g} MB", "",
         f"{hundred['memory_before_mb']:g} MB with none"],
        ["replay of a session with poses at every tick, one core", ">= 1,000 x", f"{replay['times_real_time']:,} x",
         _met(replay["times_real_time"] >= 1000),
         f"reading and hashing the log alone takes {dense['peer_reading_and_hashing_seconds']:g} of "
         f"{dense['seconds']:g} s"],
        ["`simulate` of an expert's run", "< 2 s", f"{simulate['seconds']:g} s", _met(simulate["seconds"] < 2),
         f"listing modules {simulate['peer_listing_modules_seconds']:g} s"],
        ["page answered after a second `make run`", "< 5 s", f"{start['seconds']:g} s", _met(start["seconds"] < 5),
         f"importing Django and uvicorn alone {start['peer_importing_django_and_uvicorn_seconds']:g} s"],
        *importing(reports["imports"]),
        *counting(reports["results"]),
        ["the quarter's PDF, first in a new process", f"<= {pack['target_seconds']:g} s",
         f"{pack['pdf_first_seconds']:g} s", _met(pack["pdf_first_seconds"] <= pack["target_seconds"]),
         f"typst on an empty page {pack['peer_empty_page_seconds']:g} s"],
        *checking_in(reports["check_in"]),
        *class_at_once(reports["classroom"]),
        *contamination(reports["air"], reports["touch"], reports["scoring"]),
        ["first load of code, gzip", "<= 250 kB", f"{client['first_load_kb']:g} kB",
         _met(client["first_load_kb"] <= 250), f"{len(client['files'])} files"],
        ["footprint of 10,000 sessions with 10,000 draws, one core", "<= 2 s", f"{footprint['seconds']:g} s",
         _met(footprint["seconds"] <= footprint["target_seconds"]),
         f"stats_arrays drawing the same quantities alone {footprint['peer_stats_arrays_sampling_seconds']:g} s; "
         f"numpy session by session about {footprint['peer_numpy_session_by_session_seconds']:g} s"],
    ]  # fmt: skip


def sessions(report: Report) -> list[str]:
    """The ramp, for those who want to know what the capacity rests on."""
    lines = [
        "## Live sessions",
        "",
        "One server process bound to one core, the load from another process. The number of connections grows until",
        "the server's beat is 25 ms late in one of a hundred, or the core is full. A session takes an expert's run,",
        "with head and hands at every tick, each from its own place, through the whole product: decoding, simulator,",
        "journal with sync to disk, updates, acknowledgements. The echo returns every frame and does nothing else.",
        "",
        "| | connections | beat late, p99 | core used | round trip p50 | p99 |",
        "|---|---|---|---|---|---|",
    ]
    for kind, steps in report["ramp"].items():
        for step in steps:
            lines.append(
                f"| {kind} | {step['sessions']} | {step['late_p99_ms']:g} ms | {step['core_used']:.0%} | "
                f"{step['round_trip_p50_ms']} ms | {step['round_trip_p99_ms']} ms |"
            )
    if report["echo_ended_by_the_load"]:
        lines += ["", "The echo's ramp was ended by the load's own process: the server could have echoed for more."]
    return [*lines, ""]


def _share(number: float | None) -> str:
    return "-" if number is None else f"{number:.0%}"


def _met(met: bool) -> str:
    return "yes" if met else "**no**"
