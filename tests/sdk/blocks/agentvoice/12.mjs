const contactId = "123e4567-e89b-12d3-a456-426614174000";
const params = new URLSearchParams({
contact_id: contactId,
call_type: "inbound",
order: "desc",
limit: "5",
fields: "full",
});
const response = await fetch(
`https://api.agentvoice.com/api/calls?${params}`,
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
