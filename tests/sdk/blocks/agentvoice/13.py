import requests
page_size = 25
page = 2 # 1-indexed for human readability
response = requests.get(
"https://api.agentvoice.com/api/calls",
params={
"limit": page_size,
"offset": (page - 1) * page_size,
},
headers={
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
)
data = response.json()
print(f"Page {page}:", data["data"])
print(f"Total calls: {data['pagination']['total']}")
print(f"Has more: {data['pagination']['has_more']}")
