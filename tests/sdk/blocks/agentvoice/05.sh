curl -X GET "https://api.agentvoice.com/api/calls?include=transcript,metrics" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
