"""Lists, searches and reads calls with the provider's own client: `smallestai` 4.x and 5.x.

    atoms_calls.py BASE_URL KEY
"""

import sys
from importlib.metadata import version

from smallestai.atoms import helpers

# 5.x calls it CallAnalytics; `Call` is its deprecated alias there and its only name in 4.x.
Calls = getattr(helpers, "CallAnalytics", None) or helpers.Call


def check(condition, sentence):
    if not condition:
        sys.exit(f"FAILED: {sentence}")


def pages(calls, limit, most):
    """The callIds of the first pages, as "Getting Recent Calls" does it."""
    ids = []
    for page in range(1, most + 1):
        data = calls.get_calls(page=page, limit=limit)["data"]
        check(len(data["logs"]) <= limit, "a page is no longer than was asked for")
        ids += [log["callId"] for log in data["logs"]]
        if not data["pagination"]["hasMore"]:
            break
    return ids


def main(base_url, key):
    calls = Calls(base_url=base_url, api_key=key)
    ids = pages(calls, limit=50, most=3)
    # A call that comes in or changes meanwhile moves to the top and repeats one of the page before.
    check(len(ids) == 150 and len(set(ids)) >= 147, f"three pages of 50 have {len(set(ids))} calls")

    completed = calls.get_calls(limit=20, status="completed", call_type="telephony_inbound")
    logs = completed["data"]["logs"]
    check(logs, "there are completed inbound calls")
    kinds = {(log["status"], log["type"]) for log in logs}
    check(kinds == {("completed", "telephony_inbound")}, f"filters are obeyed: {kinds}")

    # Not the latest, whose transcript and recording take some seconds to appear, nor one of those
    # that the demo keeps for showing failures.
    shown = (log for log in reversed(logs) if not log["callId"].startswith("CALL-1700000000"))
    log = next(log for log in shown if log["duration"])
    one = calls.get_call(log["callId"])["data"]
    check(one["callId"] == log["callId"], "the call that was asked for comes back")
    transcript = one["transcript"]
    check(transcript and {turn["role"] for turn in transcript} <= {"agent", "user"}, "it has turns")
    check(one["recordingUrl"].startswith("http"), "it has a recording")

    by_number = calls.get_calls(limit=5, search=log["from"])["data"]["logs"]
    numbers = [(call["from"], call["to"]) for call in by_number]
    check(numbers and all(log["from"] in pair for pair in numbers), "search by number")

    wanted = list(dict.fromkeys(ids))[:100]
    found = calls.search_calls(wanted)["data"]["logs"]
    check({call["callId"] for call in found} == set(wanted), f"search finds {len(found)} of 100")

    agent = log["agentId"]
    of_agent = calls.get_calls(limit=30, agent_id=agent)["data"]["logs"]
    check({call["agentId"] for call in of_agent} == {agent}, "calls of one agent")
    print(
        f"smallestai {version('smallestai')} {Calls.__name__}: listed {len(ids)}, searched 100, "
        f"read {one['callId']} with {len(transcript)} turns"
    )


main(*sys.argv[1:])
