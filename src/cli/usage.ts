/** What `memento help` prints. */
export const USAGE = `Memento answers questions about a folder of files and learns from what you accept.

  memento research "<question>" [--workspace DIR] [--storage DIR] 
                                [--policy none|similarity|paper|learned] [--k N]
                                [--accept|--reject] [--reason T] [--lessons] [--reuse] [--yes]
                                [--allow-origin URL] [--ignore-robots HOST] [--allow-command RULE] [--json]
  memento feedback <run-id> accept|reject|withdraw [--reason T] [--lessons]
                                [--workspace DIR] [--storage DIR] [--json]
  memento cases list | show ID | search TEXT | forget ID | restore ID [--workspace DIR] [--storage DIR] [--json]
  memento cases pin ID | unpin ID | edit ID [FILE] | forgotten
  memento cases import FILE [--dry-run] [--workspace DIR] [--storage DIR] [--json]
  memento cases export FILE [--format lossless|memento|reward|training] [--workspace DIR] [--storage DIR] [--json]
  memento runs list             [--workspace DIR] [--storage DIR] [--json]
  memento runs export ID [FILE] [--format markdown|html|json] [--workspace DIR] [--storage DIR]
  memento memory report [--workspace DIR] [--storage DIR] [--json]
  memento eval DATASET [--arms none,similarity,paper,learned] [--iterations N] [--paired] [--limit N] [--out DIR]
                                [--workers N] [--batch N] [--held-out SHARE] [--seed N] [--k N]
                                [--reward judge|exact|cover|gaia] [--cases FILE] [--max-cost USD] [--max-tokens N]
                                [--prices JSON] [--workspace DIR] [--yes] [--allow-origin URL] [--json]
  memento tool NAME '<arguments as JSON>' [--workspace DIR] [--storage DIR] [--yes]
                                [--allow-origin URL] [--ignore-robots HOST] [--allow-command RULE] [--json]
  memento mcp [--workspace DIR] [--storage DIR]
  memento test-model [--json]
  memento explain url "<url>" [--allow-origin URL]
  memento explain command "<command>" [--allow-command RULE] [--workspace DIR]

  --workspace DIR  the folder to search (default: the current one)
  --storage DIR    keep the cases in this folder instead of the user's data directory
  --reuse          take the answer of an accepted case of the same question
  --lessons        have the planner's model write short lessons of what you judge, for later plans: one more call
  --allow-origin   let the tools reach this origin, e.g. http://localhost:8080, wherever it is; may be repeated
  --allow-command  let commands that begin so run without asking, e.g. "npm test"; may be repeated. What only reads files of
                   the folder runs without asking in any case
  --ignore-robots  read pages of this host though its robots.txt forbids programs to; may be repeated
  --yes            approve what asks for approval
  FILE             what cases edit ID printed, as you changed it; - for standard input
  --dry-run        count what an import would do, and write nothing
  --format F       lossless (the default) is for another Memento; the others are the formats of the paper
  test-model       tries the models that are set up: streaming, tools, JSON, images
  runs export      prints the run, or writes it to FILE, whose name tells the format where --format does not
  eval             asks the questions of a data set with memory and without, and reports what memory brought:
                   docs/EVALUATION.md. DATASET is a JSON, JSONL or CSV file, or a folder with questions.json and corpus.json.
                   The same command goes on where it was interrupted
  mcp              is an MCP server on standard input and output, for other agents
  --json           one event or record a line, and nothing else, on standard output

A model is used where OPENAI_API_KEY or OPENAI_BASE_URL is set (with MEMENTO_PLANNER_MODEL, MEMENTO_EXECUTOR_MODEL),
or AZURE_OPENAI_ENDPOINT (with AZURE_OPENAI_API_KEY, AZURE_OPENAI_DEPLOYMENT and, for its dated form, OPENAI_API_VERSION);
else the built-in extractive pair, which needs neither key nor network. MEMENTO_VISION_MODEL and MEMENTO_AUDIO_MODEL
name the models on the same server that look at images and transcribe speech, MEMENTO_JUDGE_MODEL the one that judges in eval.
The web is searched with MEMENTO_SEARXNG_URL, TAVILY_API_KEY, BRAVE_API_KEY or SERPER_API_KEY; else Wikipedia.
MCP servers for runs with a model stand in mcp.json of the user's data directory, or in the file that MEMENTO_MCP_CONFIG names: {"mcpServers": {…}}.
Exit codes: 0 answered or abstained, 1 failed, 2 wrong usage, 3 ended at a limit, 130 cancelled.`;
