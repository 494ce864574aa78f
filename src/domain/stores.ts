import type { AccountStore } from './accounts/account.ts';
import type {
  ConversationStore,
  DecisionStore,
  SessionStore,
} from './conversations/conversation.ts';
import type { QueueStore, SeatStore } from './conversations/queue.ts';
import type { DraftStore } from './conversations/draft.ts';
import type { FlowStore } from './conversations/flow-plan.ts';
import type { ComposedFlowStore } from './flows/composed.ts';
import type { CannedStore, ScheduledStore } from './conversations/scheduled.ts';
import type { TargetStore } from './conversations/targets.ts';
import type { FileStore } from './conversations/file.ts';
import type { InboundLog, QuarantineStore } from './conversations/inbound-log.ts';
import type { MessageStore, OutboxStore } from './conversations/message.ts';
import type { ContactStore, DealStore, LeadStore, TimelineStore } from './crm/records.ts';
import type {
  AuditStore,
  ButtonTokenStore,
  HappenedStore,
  SettingsStore,
  VisitorStore,
  WebhookStore,
} from './integration/records.ts';
import type { LineStore } from './lines/line.ts';
import type { DepartmentStore } from './operators/department.ts';
import type { DeviceStore } from './operators/device.ts';
import type {
  RoleStore,
  SignInStore,
  ThrottleStore,
  TokenStore,
  UserStore,
} from './operators/user.ts';

/** Every repository there is. Each part of the product asks for the few it needs: `Pick<Stores, …>`. */
export interface Stores {
  accounts: AccountStore;
  lines: LineStore;
  conversations: ConversationStore;
  queue: QueueStore;
  seats: SeatStore;
  flows: FlowStore;
  composedFlows: ComposedFlowStore;
  targets: TargetStore;
  scheduled: ScheduledStore;
  drafts: DraftStore;
  canned: CannedStore;
  sessions: SessionStore;
  decisions: DecisionStore;
  messages: MessageStore;
  outbox: OutboxStore;
  files: FileStore;
  inboundLog: InboundLog;
  quarantine: QuarantineStore;
  users: UserStore;
  departments: DepartmentStore;
  devices: DeviceStore;
  signIns: SignInStore;
  tokens: TokenStore;
  roles: RoleStore;
  throttle: ThrottleStore;
  contacts: ContactStore;
  leads: LeadStore;
  deals: DealStore;
  timeline: TimelineStore;
  webhooks: WebhookStore;
  happened: HappenedStore;
  settings: SettingsStore;
  audit: AuditStore;
  visitors: VisitorStore;
  buttonTokens: ButtonTokenStore;
}
