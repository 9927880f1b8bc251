curl -X GET "https://api.agentvoice.com/api/calls?contact_id=123e4567-e89b-12d3-a456-426614174000&call_type=inbound&order=desc&limit=5&fields=full" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
