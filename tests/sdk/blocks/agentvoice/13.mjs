const pageSize = 25;
const page = 2; // 1-indexed for human readability
const response = await fetch(
`https://api.agentvoice.com/api/calls?limit=${pageSize}&offset=${(page - 1) * pageSize}`,
{
method: "GET",
headers: {
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
}
);
const data = await response.json();
console.log(`Page ${page}:`, data.data);
console.log(`Total calls: ${data.pagination.total}`);
console.log(`Has more: ${data.pagination.has_more}`);
