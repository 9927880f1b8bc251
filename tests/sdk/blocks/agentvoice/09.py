import requests
response = requests.get(
"https://api.agentvoice.com/api/calls",
params={
"from": "2024-01-01T00:00:00Z",
"to": "2024-01-31T23:59:59Z",
},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
data = response.json()
print(data)
