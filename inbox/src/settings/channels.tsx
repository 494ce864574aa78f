import { useEffect, useState } from 'preact/hooks';
import { to } from '../app/routes.ts';
import { channelTypes, channels, lines, loadChannelTypes, loadChannels } from '../state/people.ts';
import { text } from '../text/index.ts';
import { Empty, Loading, NoteBox } from '../ui/feedback.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { ChannelForm } from './channel-form.tsx';
import { ChannelStatus } from './channel-status.tsx';
import { SectionHead } from './section-head.tsx';

const words = text.settings.channels;

function PickType({ onPick }: { onPick: (type: string) => void }) {
  const noLine = lines.value?.length === 0;
  return (
    <>
      <SectionHead title={words.pick} />
      {noLine && (
        <NoteBox tone="warn">
          {words.needLine} <a href={to.settings('lines', 'new')}>{text.settings.lines.add}</a>
        </NoteBox>
      )}
      <ul class="items">
        {channelTypes.value?.map(({ type, title, summary }) => (
          <li key={type}>
            <button type="button" class="item-row" onClick={() => onPick(type)}>
              <Icon name={channelIcon(type)} />
              <span class="grow">
                <strong>{title}</strong>
                <br />
                <span class="muted">{summary}</span>
              </span>
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** All channels, one of them, or a new one. */
export function ChannelsSection({ id }: { id: string | null }) {
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => {
    void loadChannels();
    void loadChannelTypes();
  }, []);
  useEffect(() => setPicked(null), [id]);
  const all = channels.value;
  const types = channelTypes.value;
  if (all === null || types === null) return <Loading />;
  const channel = all.find((one) => one.id === id);
  const type = types.find((one) => one.type === (channel?.type ?? picked));
  if (channel && type) return <ChannelForm key={channel.id} type={type} channel={channel} />;
  if (id === 'new')
    return type ? (
      <ChannelForm key={type.type} type={type} channel={null} />
    ) : (
      <PickType onPick={setPicked} />
    );
  return (
    <>
      <SectionHead title={text.settings.nav.channels} intro={words.intro}>
        <a class="button primary" href={to.settings('channels', 'new')}>
          <Icon name="plus" />
          {words.add}
        </a>
      </SectionHead>
      {all.length === 0 ? (
        <Empty icon="plug" title={words.empty} help={words.emptyHelp} />
      ) : (
        <ul class="items">
          {all.map((one) => (
            <li key={one.id}>
              <a class="item-row" href={to.settings('channels', one.id)}>
                <Icon name={channelIcon(one.type)} />
                <span class="grow">
                  <strong>{one.name}</strong>
                  <span class="muted">
                    {' '}
                    {types.find(({ type: name }) => name === one.type)?.title ?? one.type}
                    {one.lineId &&
                      ` · ${lines.value?.find(({ id: line }) => line === one.lineId)?.name ?? ''}`}
                  </span>
                  <br />
                  <span class="muted small-text">{one.detail}</span>
                </span>
                <ChannelStatus channel={one} />
                <Icon name="forward" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
