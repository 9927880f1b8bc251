# Download the recording to a local file
curl -L "https://recordings.truedy.ai/..." -o call_recording.mp3
