curl -X GET "https://api.agentvoice.com/api/calls/a7e85eef-65b6-4311-b8f2-7d8bb7abd0ea?fields=full" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
