import { Component, type ReactNode } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { useMessages } from '../app/context.tsx';
import { Face } from './Face.tsx';

/** Catches a bug in a screen: what was confirmed is stored, so a reload is all it takes. */
export class CrashFace extends Component<{ readonly children: ReactNode }, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const say = useMessages().till.faces;
  return (
    <Face
      icon="alert"
      title={say.crash}
      actions={
        <Button size="l" kind="main" autoFocus onPress={() => window.location.reload()}>
          {say.reload}
        </Button>
      }
    >
      <p>{say.crashHelp}</p>
    </Face>
  );
}
