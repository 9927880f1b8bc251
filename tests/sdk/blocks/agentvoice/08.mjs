const phoneNumber = "+14155551234";
const response = await fetch(
`https://api.agentvoice.com/api/calls?phone_number=${encodeURIComponent(phoneNumber)}`,
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
