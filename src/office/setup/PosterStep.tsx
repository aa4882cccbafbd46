import { Button } from '../../ui/Button.tsx';
import { useOffice } from '../app/context.ts';
import { PosterStudio } from '../poster/PosterStudio.tsx';
import { StepPage } from './StepPage.tsx';

export function PosterStep({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { text } = useOffice();
  return (
    <StepPage
      title={text.setup.poster.title}
      lead={text.setup.poster.lead}
      actions={
        <>
          <Button size="l" icon="printer" onPress={() => print()}>
            {text.poster.print}
          </Button>
          <Button kind="main" size="l" onPress={() => void onDone()}>
            {text.setup.poster.finish}
          </Button>
        </>
      }
    >
      <PosterStudio />
    </StepPage>
  );
}
