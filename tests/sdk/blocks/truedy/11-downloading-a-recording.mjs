async function downloadRecording(callId) {
  // Fetch call to get recording URL
  const callResponse = await fetch(
    `https://api.truedy.ai/api/public/v1/calls/${callId}`,
    { headers: { Authorization: "Bearer YOUR_API_KEY" } }
  );
  const call = await callResponse.json();

  if (!call.recording_url) {
    console.log("No recording available");
    return null;
  }

  // Fetch the audio data
  const audioResponse = await fetch(call.recording_url);
  const audioBuffer = await audioResponse.arrayBuffer();

  // In Node.js, save to disk:
  const fs = await import("fs/promises");
  await fs.writeFile("recording.mp3", Buffer.from(audioBuffer));
  console.log("Recording saved to recording.mp3");
}
