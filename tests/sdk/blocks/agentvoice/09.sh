curl -X GET "https://api.agentvoice.com/api/calls?from=2024-01-01T00:00:00Z&to=2024-01-31T23:59:59Z" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
