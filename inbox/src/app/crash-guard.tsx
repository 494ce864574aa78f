import { Component } from 'preact';
import type { ComponentChildren } from 'preact';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/feedback.tsx';

/** Keeps a defect on one screen from being a white page. */
export class CrashGuard extends Component<{ children: ComponentChildren }, { crashed: boolean }> {
  override state = { crashed: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ crashed: true });
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main class="gate">
        <Empty icon="warning" title={text.errors.crashed} help={text.errors.crashedHint}>
          <Button tone="primary" onClick={() => location.reload()}>
            {text.errors.reload}
          </Button>
        </Empty>
      </main>
    );
  }
}
