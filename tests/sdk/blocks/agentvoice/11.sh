curl -X GET "https://api.agentvoice.com/api/calls?campaign_id=456e7890-e89b-12d3-a456-426614174000&order_by=started_at&order=desc" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
