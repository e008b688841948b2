// https://github.com/vvo/iron-session#session-options
export const options = () => ({
  cookieName: 'iron-session',
  password: process.env.SESSION_PASSWORD,
  cookieOptions: { secure: false }, // plain http on this machine
});
