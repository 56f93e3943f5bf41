import * as l10n from '@vscode/l10n';
import { Component, type ComponentChildren } from 'preact';
import { LogContext } from './logContext';

interface Props {
  /** Its name within a sentence. */
  readonly part: string;
  readonly children: ComponentChildren;
}

/** A fault in one part leaves the others standing: never a grey panel. */
export class Boundary extends Component<Props, { readonly message: string | null }> {
  static override contextType = LogContext;
  override state = { message: null };
  declare context: (message: string) => void;

  override componentDidCatch(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.context(`${this.props.part}: ${message}`);
    this.setState({ message });
  }

  override render() {
    if (this.state.message === null) return this.props.children;
    return (
      <p class="banner banner-bad">
        {l10n.t(
          'The {0} could not be shown: {1}. Close this panel and open it again.',
          this.props.part,
          this.state.message,
        )}
      </p>
    );
  }
}
