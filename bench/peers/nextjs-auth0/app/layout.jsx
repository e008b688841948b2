// https://auth0.com/docs/quickstart/webapp/nextjs: the provider is around the whole app
import { Auth0Provider } from '@auth0/nextjs-auth0/client';

export const metadata = { title: 'Bench' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Auth0Provider>{children}</Auth0Provider>
      </body>
    </html>
  );
}
