// https://github.com/workos/authkit-nextjs#wrap-your-app-in-authkitprovider
import { AuthKitProvider } from '@workos-inc/authkit-nextjs/components';

export const metadata = { title: 'Bench' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <AuthKitProvider>{children}</AuthKitProvider>
      </body>
    </html>
  );
}
