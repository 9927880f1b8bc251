curl -X GET "https://api.agentvoice.com/api/calls?limit=10&order=desc" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
