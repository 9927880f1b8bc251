curl -X GET "https://api.agentvoice.com/api/calls/abc-123?include=transcript,metrics,diagnostics,actions" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
