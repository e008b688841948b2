export { checkSession as GET } from '@/lib/session-check';
