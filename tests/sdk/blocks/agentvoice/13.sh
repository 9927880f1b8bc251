curl -X GET "https://api.agentvoice.com/api/calls?limit=25&offset=25" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
