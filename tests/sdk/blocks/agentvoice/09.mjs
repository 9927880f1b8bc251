const from = "2024-01-01T00:00:00Z";
const to = "2024-01-31T23:59:59Z";
const response = await fetch(
`https://api.agentvoice.com/api/calls?from=${from}&to=${to}`,
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
