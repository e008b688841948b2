import { expect, test } from '@playwright/test';
import { cookieNames, readCookies, setCookie } from '../../lib/cookies';

const https = { origin: 'https://app.example.com' };
const loopback = { origin: 'http://localhost:3000' };

test('over https every cookie is bound to this very host', () => {
  const names = cookieNames(https);
  expect(names.session).toBe('__Host-azure-auth.session');
  expect(names.notice).toBe('__Host-azure-auth.notice');
  expect(names.approval).toBe('__Host-azure-auth.approval');
  expect(names.flow('0a1b')).toBe('__Host-azure-auth.flow.0a1b');
});

test('on loopback http the cookies have names without a prefix', () => {
  const names = cookieNames(loopback);
  expect(names.session).toBe('azure-auth-3000.session');
  expect(names.notice).toBe('azure-auth-3000.notice');
  expect(names.flow('0a1b')).toBe('azure-auth-3000.flow.0a1b');
});

test('a cookie has exactly the attributes that keep it here', () => {
  const line = 'name=value; Path=/; Max-Age=600; HttpOnly; SameSite=Lax';
  expect(setCookie(https, 'name', 'value', 600)).toBe(`${line}; Secure`);
  expect(setCookie(loopback, 'name', 'value', 600)).toBe(line);
});

test('a cookie is removed with an empty value and no age', () => {
  expect(setCookie(https, 'name', '', 0)).toBe(
    'name=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
  );
});

const read = (cookie?: string) => {
  const request = new Request('https://app.example.com/', cookie ? { headers: { cookie } } : {});
  return Object.fromEntries(readCookies(request));
};

test('cookies are read by exact name, so that neighbours with a like name change nothing', () => {
  const name = '__Host-azure-auth.session';
  const cookies = read(`${name}-evil=junk; ${name}.0=junk; ${name}=good; x${name}=junk`);
  expect(cookies[name]).toBe('good');
});

test('a value may contain an equals sign and is not decoded', () => {
  expect(read('a=b=c==; d=%20')).toEqual({ a: 'b=c==', d: '%20' });
});

test('garbage in the Cookie header is no cookie', () => {
  expect(read()).toEqual({});
  expect(read(';;;=nameless; lonely; ;a=1;')).toEqual({ a: '1' });
});
