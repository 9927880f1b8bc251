const response = await fetch(
"https://api.agentvoice.com/api/calls?include=transcript,metrics",
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
