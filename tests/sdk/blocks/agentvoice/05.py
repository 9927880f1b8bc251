import requests
response = requests.get(
"https://api.agentvoice.com/api/calls",
params={"include": "transcript,metrics"},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
data = response.json()
print(data)
