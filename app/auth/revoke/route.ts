export { obeyCommand as POST } from '@/lib/command-endpoint';
