import { formatMoney } from '../../base/money.ts';
import type {
  ContactView,
  DealView,
  IdentityView,
  LeadView,
  TimelineView,
} from '../../contract/wire.ts';
import type { Contact, Deal, Identity, Lead, TimelineEntry } from '../../domain/crm/records.ts';
import type { Desk } from '../desk.ts';
import { fileUrl } from './file.ts';

type Reading = Pick<Desk, 'stores' | 'directory' | 'keys' | 'clock' | 'channels'>;

/**
 * Contacts as the outside sees them. One look-up for their identities, and the directory's for
 * their accounts.
 */
export async function contactViews(
  desk: Reading,
  contacts: readonly Contact[],
): Promise<ContactView[]> {
  if (contacts.length === 0) return [];
  const identities = await desk.stores.contacts.identitiesOf(contacts.map(({ id }) => id));
  const accountNames = await accountNamesOf(desk, identities);
  const ofContact = new Map<string, IdentityView[]>();
  for (const identity of identities) {
    const views = ofContact.get(identity.contactId) ?? [];
    ofContact.set(identity.contactId, [...views, identityView(identity, accountNames)]);
  }
  return contacts.map((contact) => ({
    id: contact.id,
    number: contact.number,
    name: contact.name,
    phones: contact.phones,
    emails: contact.emails,
    language: contact.language,
    companyId: contact.companyId,
    ownerId: contact.ownerId,
    avatarUrl: contact.avatarId === null ? null : fileUrl(desk, contact.avatarId, 'avatar'),
    identities: ofContact.get(contact.id) ?? [],
    note: contact.note,
    createdAt: contact.createdAt.toISOString(),
  }));
}

async function accountNamesOf(
  { directory }: Reading,
  identities: readonly Identity[],
): Promise<Map<string, string>> {
  const ids = [...new Set(identities.map(({ accountId }) => accountId))];
  const accounts = await Promise.all(ids.map((id) => directory.account(id)));
  return new Map(accounts.flatMap((account) => (account ? [[account.id, account.name]] : [])));
}

function identityView(identity: Identity, accountNames: ReadonlyMap<string, string>): IdentityView {
  return {
    id: identity.id,
    channelId: identity.accountId,
    channelType: identity.channelType,
    // An account that was removed leaves its identities behind.
    channelName: accountNames.get(identity.accountId) ?? identity.channelType,
    name: identity.name,
    username: identity.username,
    proof: identity.proof,
  };
}

/** Leads as the outside sees them. Two look-ups, however many leads. */
export async function leadViews(desk: Reading, leads: readonly Lead[]): Promise<LeadView[]> {
  const names = await namesOf(desk, leads);
  return leads.map((lead) => ({
    id: lead.id,
    number: lead.number,
    name: lead.name,
    status: lead.status,
    source: {
      channel: lead.source.channel,
      channelTitle: desk.channels.get(lead.source.channel)?.title ?? lead.source.channel,
      lineId: lead.source.lineId,
    },
    contactId: lead.contactId,
    contactName: names.contact(lead.contactId),
    ownerId: lead.ownerId,
    ownerName: names.owner(lead.ownerId),
    conversationId: lead.conversationId,
    note: lead.note,
    createdAt: lead.createdAt.toISOString(),
    updatedAt: lead.updatedAt.toISOString(),
  }));
}

/** Deals as the outside sees them. Three look-ups, however many deals. */
export async function dealViews(desk: Reading, deals: readonly Deal[]): Promise<DealView[]> {
  if (deals.length === 0) return [];
  const [names, pipelines] = await Promise.all([
    namesOf(desk, deals),
    desk.stores.deals.pipelines(),
  ]);
  const stageNames = new Map(
    pipelines.flatMap((pipeline) =>
      pipeline.stages.map((stage) => [`${pipeline.id} ${stage.id}`, stage.name] as const),
    ),
  );
  return deals.map((deal) => ({
    id: deal.id,
    number: deal.number,
    title: deal.title,
    pipelineId: deal.pipelineId,
    stageId: deal.stageId,
    stage: stageNames.get(`${deal.pipelineId} ${deal.stageId}`) ?? '',
    amount: { amount: formatMoney(deal.amount), currency: deal.amount.currency },
    contactId: deal.contactId,
    contactName: names.contact(deal.contactId),
    companyId: deal.companyId,
    ownerId: deal.ownerId,
    ownerName: names.owner(deal.ownerId),
    conversationId: deal.conversationId,
    state: deal.state,
    createdAt: deal.createdAt.toISOString(),
    updatedAt: deal.updatedAt.toISOString(),
  }));
}

/** One contact as the outside sees it. */
export async function contactView(desk: Reading, contact: Contact): Promise<ContactView> {
  return only(await contactViews(desk, [contact]));
}

/** One lead as the outside sees it. */
export async function leadView(desk: Reading, lead: Lead): Promise<LeadView> {
  return only(await leadViews(desk, [lead]));
}

/** One deal as the outside sees it. */
export async function dealView(desk: Reading, deal: Deal): Promise<DealView> {
  return only(await dealViews(desk, [deal]));
}

/** A timeline entry as the outside sees it. */
export function timelineView({ at, ...entry }: TimelineEntry): TimelineView {
  return { ...entry, at: at.toISOString() };
}

function only<V>([view]: V[]): V {
  if (view === undefined) throw new Error('A record gave no view.');
  return view;
}

/** Names of the contacts and owners that records point at. */
async function namesOf(
  desk: Reading,
  records: readonly { contactId: string | null; ownerId: string | null }[],
): Promise<{ contact(id: string | null): string | null; owner(id: string | null): string | null }> {
  const ids = (key: 'contactId' | 'ownerId'): string[] => [
    ...new Set(records.map((record) => record[key]).filter((id) => id !== null)),
  ];
  const [contactIds, ownerIds] = [ids('contactId'), ids('ownerId')];
  const [contacts, owners] = await Promise.all([
    contactIds.length === 0 ? [] : desk.stores.contacts.many(contactIds),
    ownerIds.length === 0 ? [] : desk.stores.users.many(ownerIds),
  ]);
  const contactNames = new Map(contacts.map(({ id, name }) => [id, name]));
  const ownerNames = new Map(owners.map(({ id, name }) => [id, name]));
  return {
    contact: (id) => (id === null ? null : (contactNames.get(id) ?? null)),
    owner: (id) => (id === null ? null : (ownerNames.get(id) ?? null)),
  };
}
