import {
  deviceGiven,
  forgetDevice,
  keepDevice,
  listDevices,
  testDevice,
} from '../../../desk/people/devices.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, pageOfAll, wholeQuery } from '../endpoint/query.ts';
import { identified } from '../plugins/authentication.ts';

/** One's own browsers and phones, and the notices that reach them. */
export const deviceRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/push',
    tag: 'people',
    summary: 'Says what a browser subscribes to push messages with',
    answer: 'PushView',
    handle: async ({ desk }) => ({ publicKey: desk.push.publicKey }),
  });
  api.add({
    method: 'GET',
    path: '/devices',
    tag: 'people',
    summary: 'Lists one’s own devices',
    query: wholeQuery,
    answer: '[DeviceView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listDevices(desk, who), query),
  });
  api.add({
    method: 'POST',
    path: '/devices',
    tag: 'people',
    summary: 'Makes the device that calls known, with where push messages reach it',
    description: '`push`: the subscription as the browser gives it; null ends it.',
    body: deviceGiven,
    answer: 'DeviceView',
    handle: ({ desk, who, body, request }) =>
      keepDevice(desk, who, body, identified(request)?.signIn?.id ?? null),
  });
  api.add({
    method: 'POST',
    path: '/devices/:id/test',
    tag: 'people',
    summary: 'Sends a notice to one’s own device',
    params: idParams,
    handle: ({ desk, who, params }) => testDevice(desk, who, params.id),
  });
  api.add({
    method: 'DELETE',
    path: '/devices/:id',
    tag: 'people',
    summary: 'Forgets a device and signs it out',
    params: idParams,
    handle: ({ desk, who, params }) => forgetDevice(desk, who, params.id),
  });
};
