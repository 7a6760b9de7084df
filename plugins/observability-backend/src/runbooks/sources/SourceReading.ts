/** A Markdown file as it was read. */
export interface SourceDocument {
  /** Where people read it; of a file of this machine, `file:` and its path below the configuration. */
  url: string;
  /** Within its folder or repository. */
  path?: string;
  editUrl?: string;
  text: string;
}

/** All that a source holds at present. */
export interface SourceReading {
  documents: SourceDocument[];
  /** Names this state of the source; reading again with it tells that nothing changed. */
  etag?: string;
  /** What could not be read of it, in words. */
  problems: string[];
}

/** No source holds more; what is beyond is left out, and said. */
export const MAXIMUM_FILES = 5000;
const MAXIMUM_FILE_BYTES = 1_048_576;
const MAXIMUM_BYTES = 64 * 1_048_576;
/** Files that introduce a folder. */
const INTRODUCTION = /^(?:readme|_?index)\.mdx?$/i;

/**
 * Decides which files of a source are read, so that no repository, however large,
 * takes more memory than there is.
 */
export class ReadingBounds {
  #files = 0;
  #bytes = 0;
  readonly #tooLarge: string[] = [];
  #isCut = false;

  /** Whether a file is read; to be asked once for each. */
  takes(path: string, bytes: number): boolean {
    if (isIntroduction(path)) {
      return false;
    }
    if (bytes > MAXIMUM_FILE_BYTES) {
      this.#tooLarge.push(path);
      return false;
    }
    if (this.#files >= MAXIMUM_FILES || this.#bytes + bytes > MAXIMUM_BYTES) {
      this.#isCut = true;
      return false;
    }
    this.#files += 1;
    this.#bytes += bytes;
    return true;
  }

  /** What was left out. */
  problems(): string[] {
    const [first, ...others] = this.#tooLarge;
    return [
      ...(first === undefined
        ? []
        : [
            `${first.slice(0, 200)}${
              others.length > 0 ? ` and ${others.length} more files are` : ' is'
            } larger than 1 MB and not read`,
          ]),
      ...(this.#isCut
        ? [
            `It holds more than ${MAXIMUM_FILES} files or 64 MB; the rest is not read`,
          ]
        : []),
    ];
  }
}

/** `README.md` of the folder itself, and what a site generator keeps for its menus. */
function isIntroduction(path: string): boolean {
  const parts = path.split('/').filter(Boolean);
  const name = parts.at(-1) ?? '';
  return INTRODUCTION.test(name) && (parts.length < 2 || name.startsWith('_'));
}
