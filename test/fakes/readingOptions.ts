/**
 * Each program that runs unasked with every option that it may have: written a second time, after the manuals, so that
 * none comes in by mistake; and all of them are run. `-n…` needs a value, `-L_…` one set apart, `--color[…]` may have one.
 */
const MANUALS = `
echo: -n -e -E
pwd: -L -P
true:
false:
whoami:
uname: -a -s -n -r -v -m -p -i -o
arch:
nproc: --all
basename: -a -z -s…
dirname: -z
realpath: -e -m -L -P -s -q -z --canonicalize-existing --canonicalize-missing
readlink: -f -e -m -n -q -s -v -z
date: -u -R -d… -r… --utc --universal --rfc-email --date… --reference… --rfc-3339… --iso-8601[…]
cat: -A -b -e -E -n -s -t -T -u -v --show-all --number-nonblank --show-ends --number --squeeze-blank --show-tabs
  --show-nonprinting
tac: -b -r -s…
nl: -p -b… -d… -f… -h… -i… -l… -n… -s… -v… -w…
head: -q -v -z -n… -c… -12 --quiet --verbose --lines… --bytes…
tail: -q -v -z -n… -c… -12 --quiet --verbose --lines… --bytes…
wc: -c -l -L -m -w --bytes --chars --lines --words --max-line-length
base64: -d -i -w… --decode --ignore-garbage --wrap…
cut: -n -s -z -b… -c… -d… -f… --complement --only-delimited --bytes… --characters… --delimiter… --fields…
  --output-delimiter…
tr: -c -C -d -s -t --complement --delete --squeeze-repeats --truncate-set1
paste: -s -z -d…
join: -i -z -a… -e… -j… -o… -t… -v… -1… -2…
comm: -1 -2 -3 -z
fold: -b -s -w…
expand: -i -t…
unexpand: -a -t…
column: -t -x -c… -s…
rev:
cksum:
md5sum: -b -t
sha1sum: -b -t
sha256sum: -b -t
sha512sum: -b -t
sort: -b -c -C -d -f -g -h -i -M -m -n -R -r -s -u -V -z -k… -t… --ignore-leading-blanks --dictionary-order
  --ignore-case --general-numeric-sort --month-sort --human-numeric-sort --numeric-sort --reverse --unique --stable
  --version-sort --merge --key… --field-separator…
uniq: -c -d -D -i -u -z -f… -s… -w… --count --repeated --unique --ignore-case
cmp: -b -l -s -i… -n…
diff: -q -s -N -u -w -b -B -i -a -T -t -c -y -E -Z -d -p -U… -C… -W… -x… -I… --brief --report-identical-files
  --new-file --text --ignore-case --unified[…] --ignore-all-space --ignore-space-change --ignore-blank-lines
  --side-by-side --minimal --suppress-common-lines --width… --exclude… --label… --color[…]
ls: -a -A -b -B -c -C -d -F -f -g -G -h -H -i -k -l -m -n -N -o -p -q -Q -r -R -s -S -t -u -U -v -x -X -Z -1 -I…
  --all --almost-all --author --escape --directory --classify[…] --full-time --group-directories-first --no-group
  --human-readable --si --inode --kibibytes --numeric-uid-gid --reverse --recursive --size --ignore… --hide… --sort…
  --time… --time-style… --format… --indicator-style… --quoting-style… --color[…] --colour[…]
stat: -L -f -t -c… --dereference --terse --format… --printf…
file: -b -h -i -k -L -N -n -r -s -v -0 --brief --mime --mime-type --mime-encoding
du: -a -b -c -h -k -m -s -S -x -z -0 -d… -B… -t… --all --apparent-size --bytes --total --human-readable --summarize
  --max-depth… --exclude… --block-size…
df: -a -h -H -i -k -l -m -P -T --human-readable --inodes --total
tree: -L_… -P_… -I_… -a -d -f -i -p -s -u -g -h -D -F -q -N -Q -r -t -c -U -v -C -n -x -J -X -S --dirsfirst --noreport --prune
  --gitignore --du --si --matchdirs --ignore-case --inodes --charset… --filelimit… --sort…
grep, egrep, fgrep: -E -F -G -P -i -y -v -w -x -c -L -l -q -o -s -b -H -h -n -T -a -U -I -r -z -Z -e… -f… -m… -A…
  -B… -C… -d… -D… -12 --extended-regexp --fixed-strings --basic-regexp --perl-regexp --ignore-case --no-ignore-case
  --invert-match --word-regexp --line-regexp --count --files-without-match --files-with-matches --quiet --silent
  --only-matching --no-messages --byte-offset --with-filename --no-filename --line-number --initial-tab --null
  --text --recursive --null-data --regexp… --file… --max-count… --label… --after-context… --before-context…
  --context… --binary-files… --devices… --directories… --exclude… --exclude-dir… --include… --color[…] --colour[…]
rg: -i -S -s -v -w -x -c -l -n -N -H -I -o -F -P -U -a -u -p -0 -h -q -. -e… -f… -g… -t… -T… -m… -A… -B… -C… -M…
  -j… -r… --ignore-case --smart-case --case-sensitive --invert-match --word-regexp --line-regexp --count
  --count-matches --files --files-with-matches --files-without-match --line-number --no-line-number --with-filename
  --no-filename --only-matching --fixed-strings --pcre2 --multiline --multiline-dotall --text --hidden --no-ignore
  --no-ignore-vcs --no-heading --heading --column --json --stats --trim --vimgrep --null --passthru --pretty --quiet
  --type-list --no-config --unrestricted --one-file-system --no-messages --version --help --regexp… --file… --glob…
  --iglob… --type… --type-not… --max-count… --after-context… --before-context… --context… --max-columns…
  --max-depth… --max-filesize… --replace… --sort… --sortr… --threads… --color… --colors… --encoding… --engine…
git log, git show: -p -s -w -b -i -m -t -c -z -n… -S… -G… -U… -L… -12 --oneline --abbrev-commit --no-abbrev-commit
  --graph --no-decorate --no-notes --all --branches --tags --remotes --merges --no-merges --first-parent --reverse
  --follow --patch --no-patch --stat[…] --shortstat --numstat --name-only --name-status --summary --raw --word-diff[…]
  --color-words --ignore-all-space --ignore-space-change --ignore-blank-lines --minimal --patience --histogram
  --find-renames[…] --no-renames --cached --staged --check --quiet --exit-code --no-ext-diff --no-textconv --no-color
  --merge-base --max-count… --skip… --since… --after… --until… --before… --author… --committer… --grep…
  --diff-filter… --format[…] --pretty[…] --date[…] --abbrev[…] --decorate[…] --color[…] --unified[…]
  --diff-algorithm[…]
git shortlog: -n -s -e -c --all --branches --tags --remotes --merges --no-merges --first-parent --reverse --follow
  --numbered --summary --email --max-count… --skip… --since… --after… --until… --before… --author… --committer…
  --grep… --diff-filter…
git --no-optional-locks status: -s -b -v -z --short --branch --long --show-stash --ahead-behind --no-ahead-behind
  --no-renames --porcelain[…] --untracked-files[…] --ignored[…]
git rev-parse: -q --verify --quiet --show-toplevel --show-prefix --git-dir --is-inside-work-tree --symbolic
  --symbolic-full-name --all --branches --tags --short[…] --abbrev-ref[…]
git rev-list: -n… -12 --count --oneline --all --branches --tags --remotes --merges --no-merges --first-parent
  --reverse --follow --max-count… --skip… --since… --after… --until… --before… --author… --committer… --grep…
  --diff-filter…
git ls-files: -c -d -m -o -i -s -k -z -t -x… --cached --deleted --modified --others --ignored --stage
  --exclude-standard --full-name --exclude…
git ls-tree: -d -r -t -l -z --name-only --name-status --full-name --full-tree
git cat-file: -t -s -p -e
git blame: -e -f -l -n -p -s -t -w -L… --line-porcelain --porcelain --show-email --root
git describe: --all --tags --long --always --first-parent --abbrev[…]
git branch: -a -r -v --all --remotes --verbose --show-current --no-color --color[…] --merged[…] --no-merged[…]
`;

export interface ProgramOptions {
  readonly program: string;
  readonly options: readonly string[];
}

export const PROGRAM_OPTIONS: readonly ProgramOptions[] = MANUALS.trim()
  .split(/\n(?! )/)
  .flatMap((manual) => {
    const [, programs = '', options = ''] = /^([^:]+):(.*)$/s.exec(manual) ?? [];
    return programs
      .split(', ')
      .map((program) => ({ program, options: options.split(/\s+/).filter((option) => option !== '') }));
  });

export const nameOf = (option: string): string => option.replace(/_?\[?…\]?$/, '');

/** How an option may be written: `-n…` as `-n 1` and `-n1`. */
export function spellings(option: string, value: string): readonly string[] {
  const name = nameOf(option);
  if (option === name) return [name];
  if (option.endsWith('_…')) return [`${name} ${value}`];
  const joined = name.startsWith('--') ? `${name}=${value}` : `${name}${value}`;
  return option.endsWith('[…]') ? [name, joined] : [`${name} ${value}`, joined];
}
