export { endSessionsBySid as GET } from '@/lib/front-channel';
