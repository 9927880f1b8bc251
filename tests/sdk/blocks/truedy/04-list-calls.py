import requests

def list_calls(agent_id=None, status=None, direction=None,
               created_after=None, created_before=None,
               limit=20, offset=0):
    params = {k: v for k, v in {
        "agent_id": agent_id,
        "status": status,
        "direction": direction,
        "created_after": created_after,
        "created_before": created_before,
        "limit": limit,
        "offset": offset,
    }.items() if v is not None}

    response = requests.get(
        "https://api.truedy.ai/api/public/v1/calls",
        headers={"Authorization": "Bearer YOUR_API_KEY"},
        params=params,
    )
    response.raise_for_status()
    return response.json()

# Example: all outbound calls from April
result = list_calls(
    direction="outbound",
    created_after="2024-04-01T00:00:00Z",
    created_before="2024-05-01T00:00:00Z",
    limit=100,
)

print(f"Total calls: {result['meta']['total']}")
for call in result["data"]:
    print(f"{call['id']} — {call['status']} — {call['duration_seconds']}s")
