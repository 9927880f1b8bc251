async function listCalls({
  agentId,
  status,
  direction,
  createdAfter,
  createdBefore,
  limit = 20,
  offset = 0,
} = {}) {
  const params = new URLSearchParams();
  if (agentId) params.set("agent_id", agentId);
  if (status) params.set("status", status);
  if (direction) params.set("direction", direction);
  if (createdAfter) params.set("created_after", createdAfter);
  if (createdBefore) params.set("created_before", createdBefore);
  params.set("limit", limit);
  params.set("offset", offset);

  const response = await fetch(
    `https://api.truedy.ai/api/public/v1/calls?${params}`,
    { headers: { Authorization: "Bearer YOUR_API_KEY" } }
  );

  if (!response.ok) throw new Error(`API error: ${response.status}`);
  return response.json();
}

// Example: last 50 failed calls
const result = await listCalls({ status: "failed", limit: 50 });
console.log(`Total failed: ${result.meta.total}`);
