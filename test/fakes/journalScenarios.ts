/**
 * What must not lose anything, each with a mutant of the journal that does: the scenario proves the rule and the mutant
 * proves the scenario. `lost` is the number of acknowledged cases that are gone.
 */
import { adding } from '../../src/core/memory/journal/changes';
import { BankJournal } from '../../src/node/journal/bankJournal';
import type { Processes } from '../../src/node/journal/context';
import { imageName, generationsOf } from '../../src/node/journal/layout';
import { livenessOf, ownIdentity, type ProcessIdentity } from '../../src/node/processIdentity';
import { CrashDisk } from './crashDisk';
import { memoryDatabase, someCase } from './memoryBank';

const FOLDER = '/bank';
const ALWAYS = { bytes: 0, segments: 0 };
const NEVER = { bytes: Infinity, segments: Infinity };

/** A pid that no process has. */
const NOBODY = 2 ** 22 + 1;

/** Processes that a test starts and ends. */
class World {
  readonly acknowledged: string[] = [];
  readonly #ended = new Set<number>();
  #pid = 0;

  constructor(public disk: CrashDisk) {}

  /** Opens the bank as a process of its own. */
  open(bounds = NEVER, livenessOf?: Processes['livenessOf'], own?: ProcessIdentity) {
    const pid = ++this.#pid;
    const identity = own ?? { pid, place: 'here', started: '1' };
    const isLiving = ({ pid: other }: ProcessIdentity) => (this.#ended.has(other) ? 'gone' : 'living');
    const journal = new BankJournal({
      folder: FOLDER,
      openDatabase: memoryDatabase,
      disk: this.disk,
      bounds,
      processes: { own: () => identity, livenessOf: livenessOf ?? isLiving },
    });
    return {
      journal,
      /** Adds a case; it counts as acknowledged. */
      add: async () => {
        const record = someCase();
        await journal.write(adding(record));
        this.acknowledged.push(record.id);
      },
      /** Adds a case without waiting, at any moment of another process. */
      addNow: () => {
        const record = someCase();
        void journal.write(adding(record));
        void journal.read(() => undefined);
        this.acknowledged.push(record.id);
      },
      kill: () => this.#ended.add(pid),
    };
  }

  damageNewest(): void {
    const [newest = 0] = generationsOf(this.disk.list(FOLDER));
    this.disk.flip(`${FOLDER}/${imageName(newest)}`);
  }

  async lost(): Promise<number> {
    const there = await this.open().journal.read((bank) => this.acknowledged.filter((id) => bank.get(id)));
    return this.acknowledged.length - there.length;
  }
}

export interface Scenario {
  readonly mutant: string;
  /** How many acknowledged cases are lost, by the journal or by its mutant. */
  lost: (mutated: boolean) => Promise<number>;
}

class ReplacingDisk extends CrashDisk {
  protected override readonly replaces = true;

  override remove(file: string): void {
    // That unfinished images are removed often hides the fault.
    if (!file.endsWith('.tmp')) super.remove(file);
  }
}

class ForgetfulDisk extends CrashDisk {
  protected override synchronise(): void {
    // Nothing reaches the disk.
  }
}

/** Gives the newest image for any other one. */
class NewestOnlyDisk extends CrashDisk {
  lies = true;

  override read(file: string, from?: number, to?: number): Uint8Array | undefined {
    const [newest] = generationsOf(this.list(FOLDER));
    const isImage = newest !== undefined && file.endsWith('.db');
    return super.read(isImage && this.lies ? `${FOLDER}/${imageName(newest)}` : file, from, to);
  }
}

/** Two images are made over the segment while its owner, which the others take for gone, is about to write. */
async function writesToDeleted(
  livenessOf: Processes['livenessOf'],
  owner?: ProcessIdentity,
): Promise<number> {
  const world = new World(new CrashDisk());
  const writer = world.open(NEVER, livenessOf, owner);
  const other = world.open(ALWAYS, livenessOf);
  await writer.add();
  world.disk.before.set('append', () => {
    for (let i = 0; i < 3; i++) other.addNow();
  });
  await writer.add();
  return world.lost();
}

export const SCENARIOS: readonly Scenario[] = [
  {
    mutant: 'rename instead of link',
    lost: async (mutated) => {
      const world = new World(mutated ? new ReplacingDisk() : new CrashDisk());
      const [slow, quick] = [world.open(ALWAYS), world.open(ALWAYS)];
      await quick.add();
      world.disk.before.set('link', () => {
        const short = world.open();
        short.addNow();
        short.kill();
        for (let i = 0; i < 2; i++) quick.addNow();
      });
      await slow.add();
      world.damageNewest();
      return world.lost();
    },
  },
  {
    mutant: 'no fsync',
    lost: async (mutated) => {
      const world = new World(mutated ? new ForgetfulDisk() : new CrashDisk());
      const writer = world.open();
      for (let i = 0; i < 5; i++) await writer.add();
      world.disk = world.disk.restarted(() => 0.4);
      return world.lost();
    },
  },
  {
    mutant: 'live segment deleted',
    lost: (mutated) => writesToDeleted(() => (mutated ? 'gone' : 'living')),
  },
  {
    mutant: 'segment deleted when only the newest image has it',
    lost: async (mutated) => {
      const disk = mutated ? new NewestOnlyDisk() : new CrashDisk();
      const world = new World(disk);
      const tidy = world.open(ALWAYS);
      await tidy.add();
      const short = world.open();
      await short.add();
      short.kill();
      await tidy.add();
      if (disk instanceof NewestOnlyDisk) disk.lies = false;
      world.damageNewest();
      return world.lost();
    },
  },
  {
    mutant: 'foreign pid namespace',
    lost: (mutated) => {
      const elsewhere = { pid: NOBODY, place: 'another container', started: '1' };
      const here = (other: ProcessIdentity) => ({ ...other, place: ownIdentity().place });
      return writesToDeleted((other) => livenessOf(mutated ? here(other) : other), elsewhere);
    },
  },
];
