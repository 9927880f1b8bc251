import requests

def download_recording(call_id, output_path):
    # First fetch the call to get the recording URL
    call_response = requests.get(
        f"https://api.truedy.ai/api/public/v1/calls/{call_id}",
        headers={"Authorization": "Bearer YOUR_API_KEY"},
    )
    call = call_response.json()

    if not call.get("recording_url"):
        print("No recording available yet")
        return

    # Download the audio file
    audio_response = requests.get(call["recording_url"])
    audio_response.raise_for_status()

    with open(output_path, "wb") as f:
        f.write(audio_response.content)

    print(f"Recording saved to {output_path}")

download_recording("call_01hx3k9p2qw7v8n4m6j5r0y1tz", "recording.mp3")
