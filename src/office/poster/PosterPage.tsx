import { Button } from '../../ui/Button.tsx';
import { useOffice } from '../app/context.ts';
import { Page } from '../app/Page.tsx';
import { PosterStudio } from './PosterStudio.tsx';

export function PosterPage() {
  const { text } = useOffice();
  return (
    <Page
      title={text.poster.title}
      lead={text.poster.lead}
      actions={
        <Button kind="main" icon="printer" onPress={() => print()}>
          {text.poster.print}
        </Button>
      }
    >
      <PosterStudio />
    </Page>
  );
}
