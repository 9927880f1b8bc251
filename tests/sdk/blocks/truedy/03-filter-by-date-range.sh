curl "https://api.truedy.ai/api/public/v1/calls?created_after=2024-04-01T00:00:00Z&created_before=2024-04-08T00:00:00Z&limit=100" \
  -H "Authorization: Bearer YOUR_API_KEY"
