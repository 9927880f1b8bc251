const callId = "a7e85eef-65b6-4311-b8f2-7d8bb7abd0ea";
const response = await fetch(
`https://api.agentvoice.com/api/calls/${callId}?fields=full`,
{
method: "GET",
headers: {
"x-api-key": "your-api-key",
"x-organization-id": "your-org-id",
},
}
);
const call = await response.json();
console.log(call);
