curl -X GET "https://api.agentvoice.com/api/calls?phone_number=%2B14155551234" \
-H "x-api-key: your-api-key" \
-H "x-organization-id: your-org-id"
