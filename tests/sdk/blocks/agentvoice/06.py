import requests
call_id = "abc-123"
response = requests.get(
f"https://api.agentvoice.com/api/calls/{call_id}",
params={"include": "transcript,metrics,diagnostics,actions"},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
call = response.json()
print(call)
