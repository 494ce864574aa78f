import type { ComponentType } from 'preact';
import '../styles/settings.css';
import { SECTIONS, to } from '../app/routes.ts';
import type { Section } from '../app/routes.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';
import { AuditSection } from './audit.tsx';
import { CannedSection } from './canned.tsx';
import { ChannelsSection } from './channels.tsx';
import { CompanySection } from './company.tsx';
import { FlowsSection } from '../flows/flows-section.tsx';
import { LinesSection } from './lines.tsx';
import { PeopleSection } from './people.tsx';
import { ProfileSection } from './profile.tsx';
import { WebhooksSection } from './webhooks.tsx';

const VIEWS: Record<
  Section,
  { icon: IconName; may: () => boolean; View: ComponentType<{ id: string | null }> }
> = {
  lines: { icon: 'list', may: () => can('line.read'), View: LinesSection },
  flows: { icon: 'command', may: () => can('flow.read'), View: FlowsSection },
  channels: { icon: 'plug', may: () => can('channel.change'), View: ChannelsSection },
  people: { icon: 'people', may: () => can('user.change'), View: PeopleSection },
  canned: { icon: 'canned', may: () => can('canned.change'), View: CannedSection },
  company: { icon: 'company', may: () => can('settings.change'), View: CompanySection },
  webhooks: { icon: 'webhook', may: () => can('webhook.change'), View: WebhooksSection },
  audit: { icon: 'audit', may: () => can('audit.read'), View: AuditSection },
  profile: { icon: 'person', may: () => true, View: ProfileSection },
};

/** Settings: sections at the left, one of them at the right. */
export function SettingsPage({ section, id }: { section: Section | null; id: string | null }) {
  const words = text.settings;
  const shown = SECTIONS.filter((one) => VIEWS[one].may());
  const current = section && shown.includes(section) ? section : (shown[0] ?? 'profile');
  const { View } = VIEWS[current];
  return (
    <div class={section ? 'settings inside' : 'settings'}>
      <nav class="settings-nav scroll" aria-label={words.title}>
        {section ? <h2>{words.title}</h2> : <h1>{words.title}</h1>}
        {shown.map((one) => (
          <a key={one} href={to.settings(one)} aria-current={one === current ? 'page' : undefined}>
            <Icon name={VIEWS[one].icon} />
            {words.nav[one]}
          </a>
        ))}
      </nav>
      <div class="settings-body scroll">
        <a class="button quiet settings-back" href={id ? to.settings(current) : to.settings()}>
          <Icon name="back" />
          {id ? words.nav[current] : words.title}
        </a>
        <View key={current} id={id} />
      </div>
    </div>
  );
}
