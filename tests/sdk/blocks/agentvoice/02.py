import requests
call_id = "a7e85eef-65b6-4311-b8f2-7d8bb7abd0ea"
response = requests.get(
f"https://api.agentvoice.com/api/calls/{call_id}",
params={"fields": "full"},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
call = response.json()
print(call)
