"""Proof with clients that nobody here wrote: every example of the providers' documents, and the
provider's own SDK, against the emulated providers and through the proxy.

    run.py --providers URL --proxy URL --python4 PYTHON --python5 PYTHON [--node NODE]

The files in blocks/ are the documents' examples word for word. What is changed before one runs is
what a reader changes: base address and key, and the ids and the number that stand for the reader's
own. Whatever a block takes for granted (a function of another page) stands in PRELUDE.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
BASES = {
    "truedy": "https://api.truedy.ai/api/public/v1",
    "agentvoice": "https://api.agentvoice.com/api",
}
LONGEST_SECS = 120

# `talkpilot` is a function of the document's page "JavaScript"; `call` and `agentId` are the
# reader's own.
PRELUDE = {
    ("talkpilot", ".mjs"): """\
const agentId = "{agent}";
const talkpilot = async (path) => {{
  const response = await fetch("{base}" + path, {{ headers: {{ "X-API-Key": "{key}" }} }});
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}};
const call = await talkpilot("/agents/{agent}/calls/{call}");
""",
}

# What shows that a block did something, where it only defines a function or prints nothing.
EPILOGUE = {
    "talkpilot/03-pull-new-calls-since-last-sync.mjs": "console.log(`${newCalls.length} calls`);",
    "talkpilot/04-export-all-calls-for-a-date-range.mjs": "console.log(`${allCalls.length} calls`);",
    "truedy/08-extracting-a-plain-text-transcript.py": (
        'print(format_transcript([{"speaker": "agent", "text": "Hi"}]))'
    ),
    "truedy/11-downloading-a-recording.mjs": 'await downloadRecording("{call}");',
}

# What the output of a block must hold; else, that it has the call or a list.
EXPECTED = {
    "talkpilot/01-list-calls.sh": '"pagination"',
    "talkpilot/02-transcript-format.mjs": "agent: ",
    "talkpilot/03-pull-new-calls-since-last-sync.mjs": " calls",
    "talkpilot/04-export-all-calls-for-a-date-range.mjs": " calls",
    "truedy/01-list-calls.sh": '"total"',
    "truedy/02-get-single-call.sh": "{call}",
    "truedy/03-filter-by-date-range.sh": '"total"',
    "truedy/04-list-calls.py": "Total calls: ",
    "truedy/05-get-single-call-transcript.py": "s] Agent: ",
    "truedy/06-list-calls.mjs": "Total failed: ",
    "truedy/07-extract-transcript.mjs": "s] Agent: ",
    "truedy/08-extracting-a-plain-text-transcript.py": "Agent: Hi",
    "truedy/09-downloading-a-recording.sh": "",
    "truedy/10-downloading-a-recording.py": "Recording saved to recording.mp3",
    "truedy/11-downloading-a-recording.mjs": "Recording saved to recording.mp3",
    "truedy/12-fetch-all-calls-with-pagination.py": "Fetched ",
}
ONE_CALL = ("agentvoice/02", "agentvoice/03", "agentvoice/06")


def get(url, headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return json.load(answer)


def ordinary(rows):
    """Without the calls that the demo keeps for showing failures."""
    odd = ("00000000-0000-4000-", "call_demo_", "CALL-1700000000")
    return [row for row in rows if not (row.get("id") or row.get("callId")).startswith(odd)]


class Provider:
    """A provider of the demo, and calls in it that stand for those of the document."""

    def __init__(self, access):
        self.name, self.base, self.headers = access["provider"], access["base_url"], access["headers"]
        self.key = next(iter(self.headers.values())).removeprefix("Bearer ")
        self.organization = self.headers.get("x-organization-id", "")
        self.agent, row = getattr(self, self.name)()
        self.call = row.get("id") or row.get("callId")
        self.contact, self.campaign = row.get("contact_id"), row.get("campaign_id")
        self.phone, self.recording = row.get("phone_number"), row.get("recording_url")

    def get(self, path):
        return get(self.base + path, self.headers)

    def talkpilot(self):
        agent = self.get("/agents")["data"][0]["id"]
        rows = ordinary(self.get(f"/agents/{agent}/calls?limit=100")["data"])
        details = (self.get(f"/agents/{agent}/calls/{row['id']}") for row in rows if row["duration"])
        return agent, next(call for call in details if call["transcript"])

    def truedy(self):
        rows = ordinary(self.get("/calls?limit=50&status=ended")["data"])
        calls = (self.get(f"/calls/{row['id']}") for row in rows if row.get("duration_seconds"))
        calls = (call.get("data", call) for call in calls)
        call = next(call for call in calls if call["transcript"] and call["recording_url"])
        return call["agent_id"], call

    def agentvoice(self):
        rows = ordinary(self.get("/calls?limit=100&status=completed")["data"])
        row = next(row for row in reversed(rows) if row["contact_id"] and row["campaign_id"])
        return row["agent_id"], row

    def atoms(self):
        row = self.get("/conversation?limit=1")["data"]["logs"][0]
        return row["agentId"], row


def changed(text, provider, base):
    """The block with what a reader puts in: address, keys, and ids of their own."""
    own = {
        BASES.get(provider.name): base,
        "YOUR_API_KEY": provider.key,
        "your-api-key": provider.key,
        "your-org-id": provider.organization,
        "{agentId}": provider.agent,
        "call_01hx3k9p2qw7v8n4m6j5r0y1tz": provider.call,
        "agent_01hx2a7b3cd4ef5gh6ij7kl8mn": provider.agent,
        "a7e85eef-65b6-4311-b8f2-7d8bb7abd0ea": provider.call,
        "abc-123": provider.call,
        "95cb3cab-de23-48ee-89c4-7341398f5cec": provider.agent,
        "123e4567-e89b-12d3-a456-426614174000": provider.contact,
        "456e7890-e89b-12d3-a456-426614174000": provider.campaign,
        "14155551234": (provider.phone or "").removeprefix("+"),
        "https://recordings.truedy.ai/...": provider.recording,
    }
    for example, mine in own.items():
        if example:
            # `${agentId}` of a JavaScript template is no placeholder.
            text = text.replace("$" + example, "\0").replace(example, mine or example)
            text = text.replace("\0", "$" + example)
    return text


def run_block(path, provider, base, tools):
    name = f"{provider.name}/{path.name}"
    words = {"agent": provider.agent, "call": provider.call, "base": base, "key": provider.key}
    prelude = PRELUDE.get((provider.name, path.suffix), "").format(**words)
    # A template of JavaScript has braces of its own.
    epilogue = EPILOGUE.get(name, "").replace("{call}", provider.call)
    text = prelude + changed(path.read_text(), provider, base) + epilogue + "\n"
    environment = {**os.environ, "TP_BASE": base, "TP_KEY": provider.key}
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, "block" + path.suffix)
        script.write_text(text)
        ran = subprocess.run(
            [tools[path.suffix], str(script)],
            cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST_SECS,
        )
        audio = [file for file in pathlib.Path(folder).glob("*.mp3")]
        sound = all(is_mp3(file) for file in audio)
    return judge(name, provider, ran, sound and bool(audio) == ("recording" in path.name))


def is_mp3(file):
    head = file.read_bytes()[:3]
    return head == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def judge(name, provider, ran, sound):
    """What is wrong with what a block did; nothing if all is well."""
    expected = EXPECTED.get(name, "")
    if name.startswith("agentvoice/"):
        listed = "Has more" if "/13." in name and not name.endswith(".sh") else "pagination"
        expected = provider.call[:8] if name[:13] in ONE_CALL and "/03" not in name else listed
        expected = "call_duration" if "/03" in name else expected
    if ran.returncode != 0:
        return f"ended with {ran.returncode}: {ran.stderr[-400:]}"
    if expected.replace("{call}", provider.call) not in ran.stdout:
        return f"its output lacks {expected!r}: {ran.stdout[:300]!r}"
    if ran.stdout.lstrip().startswith(('{"error"', "{ error:", "{'error'")):
        return f"the provider refused: {ran.stdout[:300]}"
    return None if sound else "the recording is no MP3"


def run_blocks(providers, way, base_of, tools):
    bad = []
    for provider in providers:
        blocks = sorted((HERE / "blocks" / provider.name).glob("*.*"))
        wrong = [
            (block.name, why)
            for block in blocks
            if (why := run_block(block, provider, base_of(provider), tools))
        ]
        bad += [f"{way} {provider.name}/{name}: {why}" for name, why in wrong]
        print(f"{way}: {len(blocks) - len(wrong)} of {len(blocks)} examples of {provider.name} work", flush=True)
    return bad


def run_sdk(atoms, way, base, pythons):
    bad = []
    for python in pythons:
        command = [python, str(HERE / "atoms_calls.py"), base, atoms.key]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECS)
        print(f"{way}: {ran.stdout.strip() or 'the SDK failed'}", flush=True)
        if ran.returncode != 0:
            bad.append(f"{way} {python}: {ran.stderr[-600:]}")
    return bad


def main():
    arguments = argparse.ArgumentParser()
    for name in ("--providers", "--proxy", "--python4", "--python5"):
        arguments.add_argument(name, required=True)
    arguments.add_argument("--node", default="node")
    given = arguments.parse_args()
    tools = {".sh": "bash", ".py": given.python5, ".mjs": given.node}
    providers = [Provider(access) for access in get(given.providers, {})["providers"]]
    proxy = given.proxy.rstrip("/")
    bad = []
    for way, base_of in (
        ("directly", lambda provider: provider.base),
        ("through the proxy", lambda provider: f"{proxy}/api/c/{provider.name}"),
    ):
        with_examples = [provider for provider in providers if provider.name != "atoms"]
        bad += run_blocks(with_examples, way, base_of, tools)
        atoms = next(provider for provider in providers if provider.name == "atoms")
        bad += run_sdk(atoms, way, base_of(atoms), (given.python4, given.python5))
    print("\n".join(bad))
    sys.exit(1 if bad else 0)


main()
