async function getTranscript(callId) {
  const response = await fetch(
    `https://api.truedy.ai/api/public/v1/calls/${callId}`,
    { headers: { Authorization: "Bearer YOUR_API_KEY" } }
  );

  const call = await response.json();

  if (!call.transcript) {
    console.log("Transcript not yet available");
    return null;
  }

  // Format as readable text
  return call.transcript
    .map((turn) => {
      const speaker = turn.speaker === "agent" ? "Agent" : "Contact";
      return `[${turn.timestamp.toFixed(1)}s] ${speaker}: ${turn.text}`;
    })
    .join("\n");
}

const text = await getTranscript("call_01hx3k9p2qw7v8n4m6j5r0y1tz");
console.log(text);
