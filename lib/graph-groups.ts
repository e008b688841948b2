export type GroupReader = {
  groupsOf(tenantId: string, objectId: string): Promise<ReadonlySet<string>>;
};
