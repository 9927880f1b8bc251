const callId = "abc-123";
const response = await fetch(
`https://api.agentvoice.com/api/calls/${callId}?include=transcript,metrics,diagnostics,actions`,
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
