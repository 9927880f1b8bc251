def format_transcript(transcript):
    lines = []
    for turn in transcript:
        speaker = "Agent" if turn["speaker"] == "agent" else "Contact"
        lines.append(f"{speaker}: {turn['text']}")
    return "\n".join(lines)
