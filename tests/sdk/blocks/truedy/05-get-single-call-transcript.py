import requests

def get_call(call_id):
    response = requests.get(
        f"https://api.truedy.ai/api/public/v1/calls/{call_id}",
        headers={"Authorization": "Bearer YOUR_API_KEY"},
    )
    response.raise_for_status()
    return response.json()

call = get_call("call_01hx3k9p2qw7v8n4m6j5r0y1tz")

# Print the full transcript
if call["transcript"]:
    for turn in call["transcript"]:
        speaker = "Agent" if turn["speaker"] == "agent" else "Contact"
        print(f"[{turn['timestamp']:.1f}s] {speaker}: {turn['text']}")
