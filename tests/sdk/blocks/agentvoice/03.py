import requests
response = requests.get(
"https://api.agentvoice.com/api/calls",
params={
"phone_number": "+14155551234",
"most_recent": "true",
},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
most_recent_call = response.json()
print(most_recent_call)
