/**
 * The invented organisations and people. Every domain is under `.example` (RFC 2606, section 3), so
 * no address here can belong to anybody.
 */

/** The tenant of all personal Microsoft accounts: https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
export const PERSONAL_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad';

/**
 * @typedef {object} Tenant
 * @property {string} id
 * @property {string} name
 * @property {string} domain
 * @property {boolean} [needsAdminConsent] people here may not consent; an administrator has to
 * @property {AuthContext[]} [contexts]
 */

/**
 * What an administrator declared in one tenant: https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context
 * @typedef {{ id: string, name: string, hasPolicy: boolean }} AuthContext `hasPolicy`: Conditional Access asks for something first
 */

/**
 * @typedef {object} Account
 * @property {string} username
 * @property {string} name
 * @property {string} note what a developer sees by choosing this account
 * @property {string} tenantId the home tenant
 * @property {string} oid object id in the home tenant
 * @property {string | null} mail
 * @property {string[]} roles
 * @property {string[]} groups
 * @property {boolean} isAssigned false: AADSTS50105
 * @property {{ tenantId: string, oid: string, roles?: string[], groups?: string[] }[]} guestOf
 */

/**
 * What a test may change. Roles and groups may be anything: Microsoft documents lists of strings, and
 * an application must survive what it was not promised.
 * @typedef {Partial<Omit<Account, 'roles' | 'groups' | 'guestOf'>> & { roles?: unknown, groups?: unknown, guestOf?: { tenantId: string, oid: string, roles?: unknown, groups?: unknown }[] }} AccountChanges
 */

/**
 * A person as one tenant knows them: a guest has another object id in each tenant.
 * @typedef {{ tenantId: string, oid: string, isGuest: boolean, roles: string[], groups: string[] }} Membership
 */

/** @type {Record<'contoso' | 'fabrikam' | 'northwind' | 'woodgrove' | 'personal', Tenant>} */
export const TENANTS = {
  contoso: {
    id: '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61',
    name: 'Contoso',
    domain: 'contoso.example',
    contexts: [
      { id: 'c1', name: 'Require strong authentication', hasPolicy: true },
      { id: 'c2', name: 'Require compliant devices', hasPolicy: true },
      { id: 'c3', name: 'Require trusted locations', hasPolicy: false },
    ],
  },
  fabrikam: {
    id: 'b27d94e0-51fc-4a38-8e6b-0c93d7a5f184',
    name: 'Fabrikam',
    domain: 'fabrikam.example',
    contexts: [{ id: 'c1', name: 'Require strong authentication', hasPolicy: true }],
  },
  northwind: {
    id: '6c0a7be2-d835-4f19-9b42-e81f3a6d50c7',
    name: 'Northwind Traders',
    domain: 'northwind.example',
  },
  woodgrove: {
    id: 'e49b1d73-0a6e-4c85-b7f2-58d2c6e1903a',
    name: 'Woodgrove Bank',
    domain: 'woodgrove.example',
    needsAdminConsent: true,
  },
  personal: { id: PERSONAL_TENANT_ID, name: 'Personal account', domain: 'personal.example' },
};

/** @param {number} count */
const groupIds = (count) =>
  Array.from(
    { length: count },
    (_, at) => `5ad0c0de-0000-4000-8000-${String(at + 1).padStart(12, '0')}`,
  );

/** New arrays for every account: a test that changes one person's roles changes nobody else's. */
const plain = () => ({ roles: [], groups: [], isAssigned: true, guestOf: [] });

/** @returns {Account[]} */
const seededAccounts = () => [
  {
    ...plain(),
    username: 'ada@contoso.example',
    name: 'Ada Berg',
    note: 'Member of a listed organisation, with the app role Admin.',
    tenantId: TENANTS.contoso.id,
    oid: '0d4f6a2e-7c81-4b3e-9f50-a6c2e8b71d39',
    mail: 'ada@contoso.example',
    roles: ['Admin'],
    groups: groupIds(2),
  },
  {
    ...plain(),
    username: 'ben@contoso.example',
    name: 'Ben Osei',
    note: 'Has no e-mail address: the token carries no email claim.',
    tenantId: TENANTS.contoso.id,
    oid: '81c3f5b0-2e97-4a6d-8d14-f03b9e7c5a22',
    mail: null,
  },
  {
    ...plain(),
    username: 'omar@contoso.example',
    name: 'Omar Haddad',
    note: 'In 250 groups: the token says where to ask instead of listing them.',
    tenantId: TENANTS.contoso.id,
    oid: 'c92e07d4-6b18-4f53-a7e9-15d8f0c4b36a',
    mail: 'omar@contoso.example',
    groups: groupIds(250),
  },
  {
    ...plain(),
    username: 'theo@contoso.example',
    name: 'Theo Brandt',
    note: 'Has two app roles, Admin and Auditor: an application may know only one of them.',
    tenantId: TENANTS.contoso.id,
    oid: '5e3a90c7-b6d4-4f18-92e5-7c0d8a1f64b3',
    mail: 'theo@contoso.example',
    roles: ['Admin', 'Auditor'],
  },
  {
    ...plain(),
    username: 'uma@contoso.example',
    name: 'Uma Patel',
    note: 'Not assigned to the application: refused here with AADSTS50105.',
    tenantId: TENANTS.contoso.id,
    oid: '47b8d9e6-f05a-4c21-b3d7-9a6e1c80f5d4',
    mail: 'uma@contoso.example',
    isAssigned: false,
  },
  {
    ...plain(),
    username: 'grace@northwind.example',
    name: 'Grace Lindqvist',
    note: 'Guest in Contoso at Contoso’s own authority; anywhere else at home in Northwind Traders.',
    tenantId: TENANTS.northwind.id,
    oid: 'a5e1c7f3-39d2-4806-9c7b-d24f8b60e915',
    mail: 'grace@northwind.example',
    guestOf: [{ tenantId: TENANTS.contoso.id, oid: 'f6027b9d-84ce-4135-8ea0-3b71d9c5e248' }],
  },
  {
    ...plain(),
    username: 'ines@northwind.example',
    name: 'Ines Duarte',
    note: 'Guest in Contoso with the app role Admin there; at home in Northwind Traders without one.',
    tenantId: TENANTS.northwind.id,
    oid: 'd81b4f36-0e97-4ac2-b5d8-63f9e2a70c14',
    mail: 'ines@northwind.example',
    guestOf: [
      {
        tenantId: TENANTS.contoso.id,
        oid: '19c7e5a2-6d3f-4b80-a4e1-f85b02d9c673',
        roles: ['Admin'],
        groups: [],
      },
    ],
  },
  {
    ...plain(),
    username: 'farid@fabrikam.example',
    name: 'Farid Nasser',
    note: 'Member of the second listed organisation.',
    tenantId: TENANTS.fabrikam.id,
    oid: '2b9f40c8-d17e-4a95-86f3-c05e7d1a93b6',
    mail: 'farid@fabrikam.example',
  },
  {
    ...plain(),
    username: 'noor@northwind.example',
    name: 'Noor de Vries',
    note: 'The organisation is not in the list of valid tenants.',
    tenantId: TENANTS.northwind.id,
    oid: '9e36d1a7-5f4b-4c08-b92d-71e0f8c3a654',
    mail: 'noor@northwind.example',
  },
  {
    ...plain(),
    username: 'wei@woodgrove.example',
    name: 'Wei Zhang',
    note: 'The organisation needs an administrator’s approval first.',
    tenantId: TENANTS.woodgrove.id,
    oid: '70d5b2f9-1c63-4e8a-a04f-e69c3d7b8152',
    mail: 'wei@woodgrove.example',
  },
  {
    ...plain(),
    username: 'mia@personal.example',
    name: 'Mia Rossi',
    note: 'A personal account: only common and consumers let it through.',
    tenantId: PERSONAL_TENANT_ID,
    oid: '00000000-0000-0000-5c1e-9b7a40d3f862',
    mail: 'mia@personal.example',
  },
];

/** Every account, in the order in which the picker shows them; patched by tests, restored by `reset`. */
export function createDirectory() {
  let accounts = seededAccounts();
  return {
    accounts: () => accounts,
    /** @param {string} username */
    byUsername: (username) =>
      accounts.find((account) => account.username === username.trim().toLowerCase()),
    /** @param {string} username @param {AccountChanges} changes */
    patch(username, changes) {
      const account = accounts.find((one) => one.username === username);
      if (!account) throw new TypeError(`patchAccount: there is no account ${username}`);
      Object.assign(account, changes);
    },
    reset() {
      accounts = seededAccounts();
    },
  };
}

/** @typedef {ReturnType<typeof createDirectory>} Directory */

/** @param {string} id @returns {Tenant | undefined} */
export const tenantById = (id) => Object.values(TENANTS).find((tenant) => tenant.id === id);

/** @param {string} domain @returns {Tenant | undefined} */
export const tenantByDomain = (domain) =>
  Object.values(TENANTS).find((tenant) => tenant.domain === domain);

/** @param {Account} account */
export const isPersonal = (account) => account.tenantId === PERSONAL_TENANT_ID;

/**
 * How `tenantId` knows the person, or undefined when it does not.
 * @param {Account} account @param {string} tenantId @returns {Membership | undefined}
 */
export function membershipIn(account, tenantId) {
  if (account.tenantId === tenantId) {
    const { oid, roles, groups } = account;
    return { tenantId, oid, isGuest: false, roles, groups };
  }
  const guest = account.guestOf.find((one) => one.tenantId === tenantId);
  return guest && { roles: [], groups: [], ...guest, isGuest: true };
}
