curl -X GET "https://api.agentvoice.com/api/calls?agent_id=95cb3cab-de23-48ee-89c4-7341398f5cec&status=completed" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
