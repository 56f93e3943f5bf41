import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { CallState } from '../../src/core/agent/runState';
import { isJson, isTable } from '../../src/core/common/mediaType';
import type { ArtifactFile } from '../../src/core/ports';
import { madeFileName } from '../../src/core/common/madeFileName';
import { fileAddress } from '../files';
import { formatBytes } from '../format';
import { counted } from '../language';
import { DataPreview } from './DataPreview';
import { Icon } from './Icon';
import { Limited } from './Limited';
import { usePanel } from './panelContext';

const FILES_SHOWN = 8;
/** Larger images are only opened: a page holds them decoded. Bytes. */
const MOST_IMAGE_BYTES = 10_000_000;

/** What a call made: images as they are, tables and data behind their names, anything else to open in the editor. */
export function Files({ call }: { readonly call: CallState }) {
  return (
    <ul class="made" aria-label={l10n.t('Files made by {0}', call.tool)}>
      <Limited items={call.files} step={FILES_SHOWN} from="start" rest={moreFiles}>
        {(file) => (
          <li key={file.path}>
            <MadeFile callId={call.callId} file={file} />
          </li>
        )}
      </Limited>
    </ul>
  );
}

const moreFiles = (count: number) => counted(count, l10n.t('{0} more file'), l10n.t('{0} more files'));

interface Props {
  readonly callId: string;
  readonly file: ArtifactFile;
}

function MadeFile({ callId, file }: Props) {
  const { mediaType, bytes } = file;
  const isImage = mediaType.startsWith('image/') && bytes > 0 && bytes <= MOST_IMAGE_BYTES;
  return (
    <>
      {isImage && <Image file={file} />}
      <FileLine callId={callId} file={file} />
      {(isTable(mediaType) || isJson(mediaType)) && <DataPreview callId={callId} file={file} />}
    </>
  );
}

/** In an `img` element an SVG is a picture: its scripts do not run, and it loads nothing. */
function Image({ file }: { readonly file: ArtifactFile }) {
  const { filesBase } = usePanel();
  const [gone, setGone] = useState(false);
  const address = fileAddress(filesBase, file.path);
  if (address === null || gone)
    return <p class="empty">{l10n.t('This image is not there any more, or is no image.')}</p>;
  return (
    <img
      class="made-image"
      src={address}
      alt={l10n.t('Image {0}, made by this run', madeFileName(file.path))}
      loading="lazy"
      decoding="async"
      onError={() => setGone(true)}
    />
  );
}

function FileLine({ callId, file }: Props) {
  const { attempt } = usePanel();
  const name = madeFileName(file.path);
  return (
    <p class="made-line">
      <button
        type="button"
        class="link"
        title={l10n.t('Open {0} in the editor', name)}
        onClick={() => void attempt({ type: 'openArtifact', callId, path: file.path })}
      >
        <Icon name="go-to-file" /> {name}
      </button>
      <span class="aside">{formatBytes(file.bytes)}</span>
      <button
        type="button"
        class="link"
        aria-label={l10n.t('Save as… {0}', name)}
        onClick={() => void attempt({ type: 'saveArtifact', callId, path: file.path })}
      >
        <Icon name="save-as" /> {l10n.t('Save as…')}
      </button>
    </p>
  );
}
