import { receiveCspReport } from '@/lib/csp-report';

export const POST = receiveCspReport;
