const campaignId = "456e7890-e89b-12d3-a456-426614174000";
const response = await fetch(
`https://api.agentvoice.com/api/calls?campaign_id=${campaignId}&order_by=started_at&order=desc`,
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
