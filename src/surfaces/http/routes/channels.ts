import { z } from 'zod';
import { changeChannel, channelChange } from '../../../desk/channels/change-channel.ts';
import { connectChannel } from '../../../desk/channels/connect-channel.ts';
import { createChannel, newChannel } from '../../../desk/channels/create-channel.ts';
import { listChannelTypes } from '../../../desk/channels/list-channel-types.ts';
import { listChannels, readChannel } from '../../../desk/channels/list-channels.ts';
import { pauseChannel } from '../../../desk/channels/pause-channel.ts';
import { removeChannel } from '../../../desk/channels/remove-channel.ts';
import {
  testChannel,
  testNewChannel,
  untriedChannel,
} from '../../../desk/channels/test-channel.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, pageOf, pageOfAll, pageQuery, wholeQuery } from '../endpoint/query.ts';

/** Kinds of channels, and the accounts that are connected. */
export const channelRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/channel-types',
    tag: 'channels',
    summary: 'Lists the kinds of channels with their forms and capabilities',
    query: wholeQuery,
    answer: '[ChannelTypeView]',
    handle: async ({ desk, who, query }) => pageOfAll(listChannelTypes(desk, who), query),
  });
  api.add({
    method: 'GET',
    path: '/channels',
    tag: 'channels',
    summary: 'Lists the channels and how they stand',
    query: pageQuery,
    answer: '[ChannelView]',
    handle: ({ desk, who, query }) => listChannels(desk, who, pageOf(query)),
  });
  api.add({
    method: 'POST',
    path: '/channels',
    tag: 'channels',
    summary: 'Adds a channel; secrets made for it are shown only now',
    description:
      '`config` is what the kind’s schema in `/channel-types` says. Nothing is connected yet.',
    body: newChannel,
    status: 201,
    answer: 'ChannelView',
    handle: ({ desk, who, body }) => createChannel(desk, who, body),
  });
  api.add({
    method: 'POST',
    path: '/channels/test',
    tag: 'channels',
    summary: 'Asks the provider whether settings would work; saves nothing',
    body: untriedChannel,
    answer: 'ConnectionView',
    handle: ({ desk, who, body }) => testNewChannel(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/channels/:id',
    tag: 'channels',
    summary: 'Shows one channel with its status in a sentence',
    params: idParams,
    answer: 'ChannelView',
    handle: ({ desk, who, params }) => readChannel(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/channels/:id',
    tag: 'channels',
    summary: 'Changes a channel and opens it again',
    description:
      'What is left out stays, also inside `config`; a masked secret sent back stays; null takes a setting away.',
    params: idParams,
    body: channelChange,
    answer: 'ChannelView',
    handle: ({ desk, who, params, body }) => changeChannel(desk, who, params.id, body),
  });
  api.add({
    method: 'DELETE',
    path: '/channels/:id',
    tag: 'channels',
    summary: 'Removes a channel with its credentials; its talks stay',
    params: idParams,
    handle: ({ desk, who, params }) => removeChannel(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/channels/:id/test',
    tag: 'channels',
    summary: 'Asks the provider whether the channel works, with changes that are not saved',
    params: idParams,
    body: z.strictObject({ config: z.record(z.string(), z.unknown()).default({}) }),
    answer: 'ConnectionView',
    handle: ({ desk, who, params, body }) => testChannel(desk, who, params.id, body.config),
  });
  api.add({
    method: 'POST',
    path: '/channels/:id/connect',
    tag: 'channels',
    summary: 'Checks the credentials, registers the webhook, starts to listen',
    params: idParams,
    answer: 'ConnectionView',
    handle: ({ desk, who, params }) => connectChannel(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/channels/:id/pause',
    tag: 'channels',
    summary: 'Stops a channel until it is connected again',
    params: idParams,
    answer: 'ConnectionView',
    handle: ({ desk, who, params }) => pauseChannel(desk, who, params.id),
  });
};
