# List the 20 most recent ended calls for a specific agent
curl "https://api.truedy.ai/api/public/v1/calls?agent_id=agent_01hx2a7b3cd4ef5gh6ij7kl8mn&status=ended&limit=20" \
  -H "Authorization: Bearer YOUR_API_KEY"
