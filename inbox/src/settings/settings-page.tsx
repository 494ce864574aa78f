import type { ComponentType } from 'preact';
import '../styles/settings.css';
import { SECTIONS, SECTION_RIGHTS, to } from '../app/routes.ts';
import type { Section } from '../app/routes.ts';
import { may } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';
import { AuditSection } from './audit.tsx';
import { CannedSection } from './canned.tsx';
import { ChannelsSection } from './channels.tsx';
import { CompanySection } from './company.tsx';
import { DepartmentsSection } from './departments.tsx';
import { FlowsSection } from '../flows/flows-section.tsx';
import { LinesSection } from './lines.tsx';
import { PeopleSection } from './people.tsx';
import { ProfileSection } from './profile.tsx';
import { WebhooksSection } from './webhooks.tsx';

const VIEWS: Record<Section, { icon: IconName; View: ComponentType<{ id: string | null }> }> = {
  lines: { icon: 'list', View: LinesSection },
  flows: { icon: 'command', View: FlowsSection },
  channels: { icon: 'plug', View: ChannelsSection },
  people: { icon: 'people', View: PeopleSection },
  departments: { icon: 'board', View: DepartmentsSection },
  canned: { icon: 'canned', View: CannedSection },
  company: { icon: 'company', View: CompanySection },
  webhooks: { icon: 'webhook', View: WebhooksSection },
  audit: { icon: 'audit', View: AuditSection },
  profile: { icon: 'person', View: ProfileSection },
};

/** Settings: sections at the left, one of them at the right. */
export function SettingsPage({ section, id }: { section: Section | null; id: string | null }) {
  const words = text.settings;
  const shown = SECTIONS.filter((one) => may(SECTION_RIGHTS[one]));
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
      {/* Each page begins at its top. */}
      <div class="settings-body scroll" key={`${current} ${id ?? ''}`}>
        <a class="button quiet settings-back" href={id ? to.settings(current) : to.settings()}>
          <Icon name="back" />
          {id ? words.nav[current] : words.title}
        </a>
        <View id={id} />
      </div>
    </div>
  );
}
