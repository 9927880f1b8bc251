import requests

def fetch_all_calls(**filters):
    all_calls = []
    offset = 0
    limit = 100

    while True:
        response = requests.get(
            "https://api.truedy.ai/api/public/v1/calls",
            headers={"Authorization": "Bearer YOUR_API_KEY"},
            params={"limit": limit, "offset": offset, **filters},
        )
        result = response.json()
        all_calls.extend(result["data"])

        if offset + limit >= result["meta"]["total"]:
            break

        offset += limit

    return all_calls

# Fetch every ended call from last week
calls = fetch_all_calls(
    status="ended",
    created_after="2024-04-01T00:00:00Z",
    created_before="2024-04-08T00:00:00Z",
)
print(f"Fetched {len(calls)} calls")
