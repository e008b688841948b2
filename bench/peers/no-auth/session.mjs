/** Nobody is asked for a cookie here; one of an ordinary length travels along all the same. */
console.log(JSON.stringify({ cookies: { nothing: 'n'.repeat(400) } }));
