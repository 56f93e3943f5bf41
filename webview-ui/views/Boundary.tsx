import { Component, type ComponentChildren } from 'preact';
import { PanelContext, type PanelActions } from './panelContext';

interface Props {
  readonly part: string;
  readonly children: ComponentChildren;
}

/** A fault in one part leaves the others standing: never a grey panel. */
export class Boundary extends Component<Props, { readonly message: string | null }> {
  static override contextType = PanelContext;
  override state = { message: null };
  declare context: PanelActions;

  override componentDidCatch(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.context.logError(`${this.props.part}: ${message}`);
    this.setState({ message });
  }

  override render() {
    if (this.state.message === null) return this.props.children;
    return (
      <p class="banner banner-bad">
        The {this.props.part} could not be shown: {this.state.message}. Close this panel and open the run
        again.
      </p>
    );
  }
}
