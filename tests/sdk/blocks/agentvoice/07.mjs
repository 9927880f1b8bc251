const contactId = "123e4567-e89b-12d3-a456-426614174000";
const response = await fetch(
`https://api.agentvoice.com/api/calls?contact_id=${contactId}`,
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
