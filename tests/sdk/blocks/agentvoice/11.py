import requests
response = requests.get(
"https://api.agentvoice.com/api/calls",
params={
"campaign_id": "456e7890-e89b-12d3-a456-426614174000",
"order_by": "started_at",
"order": "desc",
},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
data = response.json()
print(data)
