import requests
response = requests.get(
"https://api.agentvoice.com/api/calls",
params={
"agent_id": "95cb3cab-de23-48ee-89c4-7341398f5cec",
"status": "completed",
},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
data = response.json()
print(data)
