const agentId = "95cb3cab-de23-48ee-89c4-7341398f5cec";
const response = await fetch(
`https://api.agentvoice.com/api/calls?agent_id=${agentId}&status=completed`,
{
method: "GET",
headers: {
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
}
);
const data = await response.json();
console.log(data);
