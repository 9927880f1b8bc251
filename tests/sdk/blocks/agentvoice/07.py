import requests
contact_id = "123e4567-e89b-12d3-a456-426614174000"
response = requests.get(
"https://api.agentvoice.com/api/calls",
params={"contact_id": contact_id},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
data = response.json()
print(data)
