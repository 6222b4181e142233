-- A landscape as an SQLite database. In braces stand the words that the models fix. What is said inside a statement
-- stays in the database, where its readers see it. `place` counts from 0 in the order of the files.

CREATE TABLE landscape (
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  repository TEXT,
  publisher TEXT,
  publisher_homepage TEXT,
  license TEXT
);

-- The vocabulary.

CREATE TABLE sides (id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, plain TEXT NOT NULL, question TEXT NOT NULL);

CREATE TABLE kinds (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  folder TEXT NOT NULL,
  plural TEXT NOT NULL,
  summary TEXT NOT NULL
);

CREATE TABLE relations (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  inverse TEXT NOT NULL UNIQUE,
  flows TEXT NOT NULL CHECK (flows IN ({flows})),
  buildable INTEGER NOT NULL CHECK (buildable IN (0, 1)),
  asks_carries INTEGER NOT NULL CHECK (asks_carries IN (0, 1)),
  asks_takes INTEGER NOT NULL CHECK (asks_takes IN (0, 1)),
  writes INTEGER NOT NULL CHECK (writes IN (0, 1)),
  vendor_bound INTEGER NOT NULL CHECK (vendor_bound IN (0, 1)),
  kindred INTEGER NOT NULL CHECK (kindred IN (0, 1)),
  precedented INTEGER NOT NULL CHECK (precedented IN (0, 1)),
  left_to TEXT REFERENCES relations (id) DEFERRABLE INITIALLY DEFERRED,
  reads TEXT NOT NULL
);

CREATE TABLE relation_kinds (
  -- which kinds a relation may lead from and to, and at which a route ends that comes in by it in part
  relation TEXT NOT NULL REFERENCES relations (id),
  end_of TEXT NOT NULL CHECK (end_of IN ('from', 'to', 'halts at')),
  kind TEXT NOT NULL REFERENCES kinds (id),
  PRIMARY KEY (relation, end_of, kind)
) WITHOUT ROWID;

CREATE TABLE aspects (id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL);

CREATE TABLE resources (id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL);

CREATE TABLE cargo (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  graph INTEGER NOT NULL CHECK (graph IN (0, 1)),
  summary TEXT NOT NULL
);

CREATE TABLE stages (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  final INTEGER NOT NULL CHECK (final IN (0, 1)),
  closes INTEGER NOT NULL CHECK (closes IN (0, 1)),
  summary TEXT NOT NULL
);

CREATE TABLE stewards (id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, homepage TEXT);

CREATE TABLE workflow (id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL);

CREATE TABLE statuses (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  builds REAL NOT NULL CHECK (builds BETWEEN 0 AND 1), -- how likely such an entry is to build what is asked of it
  expected INTEGER NOT NULL CHECK (expected IN (0, 1)),
  summary TEXT NOT NULL
);

CREATE TABLE reach (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  weight REAL NOT NULL,
  summary TEXT NOT NULL
);

-- Entries.

CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES kinds (id),
  {entry_columns}
);

CREATE TABLE aliases (alias TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entries (id)) WITHOUT ROWID;

CREATE TABLE tags (
  entry TEXT NOT NULL REFERENCES entries (id),
  tag TEXT NOT NULL,
  PRIMARY KEY (entry, tag)
) WITHOUT ROWID;

CREATE TABLE entry_workflow (
  entry TEXT NOT NULL REFERENCES entries (id),
  step TEXT NOT NULL REFERENCES workflow (id),
  PRIMARY KEY (entry, step)
) WITHOUT ROWID;

CREATE TABLE carries (
  entry TEXT NOT NULL REFERENCES entries (id),
  cargo TEXT NOT NULL REFERENCES cargo (id),
  PRIMARY KEY (entry, cargo)
) WITHOUT ROWID;

CREATE TABLE reach_evidence (
  -- the public figures behind the reach of an entry
  entry TEXT NOT NULL REFERENCES entries (id),
  place INTEGER NOT NULL,
  url TEXT NOT NULL,
  shows TEXT NOT NULL,
  PRIMARY KEY (entry, place)
) WITHOUT ROWID;

-- Statements.

CREATE TABLE probes (
  id TEXT PRIMARY KEY,
  shows TEXT,
  outcome TEXT CHECK (outcome IN ({outcomes})), -- of its last run
  date TEXT,
  seconds REAL
);

CREATE TABLE statements (
  id TEXT PRIMARY KEY, -- the statement in words
  source TEXT NOT NULL REFERENCES entries (id),
  relation TEXT NOT NULL REFERENCES relations (id),
  target TEXT NOT NULL REFERENCES entries (id),
  stated_by TEXT NOT NULL REFERENCES entries (id),
  {statement_columns}
  UNIQUE (source, relation, target),
  CHECK (stated_by IN (source, target))
);

CREATE TABLE statement_carries (
  -- what crosses: what both ends carry, narrowed by what the statement says
  statement TEXT NOT NULL REFERENCES statements (id),
  cargo TEXT NOT NULL REFERENCES cargo (id),
  PRIMARY KEY (statement, cargo)
) WITHOUT ROWID;

CREATE TABLE statement_takes (
  -- the entries out of which a model must have come in; any will do where there is none
  statement TEXT NOT NULL REFERENCES statements (id),
  entry TEXT NOT NULL REFERENCES entries (id),
  PRIMARY KEY (statement, entry)
) WITHOUT ROWID;

CREATE TABLE searched (
  -- what was looked through where nothing was found, a row each word that was looked for there
  statement TEXT NOT NULL REFERENCES statements (id),
  place INTEGER NOT NULL,
  word TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (statement, place, word)
) WITHOUT ROWID;

CREATE TABLE requires (
  statement TEXT NOT NULL REFERENCES statements (id),
  subject TEXT NOT NULL, -- what is versioned
  versions TEXT NOT NULL, -- a PEP 440 specifier
  PRIMARY KEY (statement, subject)
) WITHOUT ROWID;

CREATE TABLE evidence (
  statement TEXT NOT NULL REFERENCES statements (id),
  place INTEGER NOT NULL,
  url TEXT NOT NULL,
  shows TEXT NOT NULL,
  PRIMARY KEY (statement, place)
) WITHOUT ROWID;

-- The committee's records.

CREATE TABLE milestones (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  due TEXT NOT NULL CHECK (due IS date(due, '+0 days')),
  stage TEXT REFERENCES stages (id),
  reached TEXT CHECK (reached IS NULL OR reached IS date(reached, '+0 days')),
  note TEXT
);

CREATE TABLE samples (
  -- statements drawn blindly and read again by others
  id TEXT PRIMARY KEY,
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  seed INTEGER NOT NULL,
  drawn INTEGER NOT NULL,
  wrong INTEGER NOT NULL,
  faulty INTEGER NOT NULL CHECK (wrong + faulty <= drawn),
  note TEXT
);

CREATE TABLE records (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  owner TEXT,
  milestone TEXT REFERENCES milestones (id),
  stage TEXT NOT NULL REFERENCES stages (id) -- the last of its stages
);

CREATE TABLE record_stages (
  record TEXT NOT NULL REFERENCES records (id),
  place INTEGER NOT NULL,
  stage TEXT NOT NULL REFERENCES stages (id),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  url TEXT,
  note TEXT,
  PRIMARY KEY (record, place)
) WITHOUT ROWID;

-- What is expected, and how it stands.

CREATE TABLE expectations (
  id TEXT PRIMARY KEY,
  side TEXT NOT NULL REFERENCES sides (id),
  why TEXT NOT NULL,
  sources TEXT NOT NULL, -- which entries, as JSON
  targets TEXT NOT NULL, -- which entries, as JSON
  need TEXT NOT NULL CHECK (need IN ({need})),
  weight REAL NOT NULL CHECK (weight > 0)
);

CREATE TABLE expectation_routes (
  expectation TEXT NOT NULL REFERENCES expectations (id),
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  pattern TEXT NOT NULL,
  PRIMARY KEY (expectation, name)
) WITHOUT ROWID;

CREATE TABLE expectation_carries (
  expectation TEXT NOT NULL REFERENCES expectations (id),
  cargo TEXT NOT NULL REFERENCES cargo (id),
  PRIMARY KEY (expectation, cargo)
) WITHOUT ROWID;

-- The specification, and how entries stand on it.

CREATE TABLE requirements (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  keyword TEXT, -- of RFC 2119
  says TEXT NOT NULL,
  why TEXT NOT NULL,
  side TEXT REFERENCES sides (id), -- none where it belongs to all
  need TEXT NOT NULL CHECK (need IN ('any', 'most', 'each')),
  untested TEXT, -- why nothing tests it, where nothing does
  withdrawn TEXT CHECK (withdrawn IS NULL OR withdrawn IS date(withdrawn, '+0 days'))
);

CREATE TABLE requirement_tests (
  requirement TEXT NOT NULL REFERENCES requirements (id),
  probe TEXT NOT NULL REFERENCES probes (id),
  PRIMARY KEY (requirement, probe)
) WITHOUT ROWID;

CREATE TABLE requirement_expectations (
  requirement TEXT NOT NULL REFERENCES requirements (id),
  expectation TEXT NOT NULL REFERENCES expectations (id),
  PRIMARY KEY (requirement, expectation)
) WITHOUT ROWID;

CREATE TABLE levels (
  -- entries that a requirement asks; no level where a requirement with MUST is not met
  entry TEXT PRIMARY KEY REFERENCES entries (id),
  level TEXT CHECK (level IN ({levels})),
  reached INTEGER NOT NULL -- how many requirements are at that level
);

CREATE TABLE standings (
  entry TEXT NOT NULL REFERENCES entries (id),
  requirement TEXT NOT NULL REFERENCES requirements (id),
  level TEXT CHECK (level IN ({levels})), -- none where it is not met
  ceiling TEXT CHECK (ceiling IN ({levels})), -- the highest that can be shown today
  reason TEXT NOT NULL,
  PRIMARY KEY (entry, requirement)
) WITHOUT ROWID;

CREATE TABLE record_closes (
  -- an edge (source, relation, target), or the gaps of an expectation
  record TEXT NOT NULL REFERENCES records (id),
  place INTEGER NOT NULL,
  closes TEXT NOT NULL, -- as it is written
  expectation TEXT REFERENCES expectations (id),
  source TEXT NOT NULL REFERENCES entries (id),
  relation TEXT REFERENCES relations (id),
  target TEXT REFERENCES entries (id),
  PRIMARY KEY (record, place),
  CHECK ((expectation IS NULL) <> (relation IS NULL))
) WITHOUT ROWID;

CREATE TABLE fixes (
  -- edges that would close gaps if they were full: the best of every gap, and those in gap_fixes
  id TEXT PRIMARY KEY, -- the edge in words
  source TEXT NOT NULL REFERENCES entries (id),
  relation TEXT NOT NULL REFERENCES relations (id),
  target TEXT NOT NULL REFERENCES entries (id),
  unlocks REAL NOT NULL CHECK (unlocks > 0), -- the weight of all gaps that it would close by itself
  precedent REAL NOT NULL CHECK (precedent BETWEEN 0 AND 1), -- how usual such an edge is
  builds REAL NOT NULL CHECK (builds BETWEEN 0 AND 1), -- how likely its source is to build it
  declined TEXT REFERENCES records (id), -- the record that says that it was declined
  value REAL NOT NULL, -- unlocks by precedent by builds, 0 where it was declined
  usage_sources INTEGER NOT NULL, -- so many peers of the source have it
  usage_of_sources INTEGER NOT NULL, -- of so many others
  usage_targets INTEGER NOT NULL, -- the source has it to so many peers of the target
  usage_of_targets INTEGER NOT NULL, -- of so many others
  statement TEXT REFERENCES statements (id) -- what is stated about the edge today
);

CREATE TABLE fix_together (
  -- the other edges that the tool which a fix's statement names would bring with it
  fix TEXT NOT NULL REFERENCES fixes (id),
  statement TEXT NOT NULL REFERENCES statements (id),
  PRIMARY KEY (fix, statement)
) WITHOUT ROWID;

CREATE TABLE pairs (
  -- every expected pair, met or not
  id TEXT PRIMARY KEY,
  expectation TEXT NOT NULL REFERENCES expectations (id),
  source TEXT NOT NULL REFERENCES entries (id),
  target TEXT REFERENCES entries (id), -- nothing where any target would do
  weight REAL NOT NULL CHECK (weight > 0), -- that of its expectation, by the reach of both ends
  status TEXT NOT NULL CHECK (status IN ('met', {gaps})),
  certainty TEXT CHECK (certainty IN ({certainties})),
  value REAL, -- of the best fix, 0 where there is none
  fix TEXT REFERENCES fixes (id),
  record TEXT REFERENCES records (id),
  CHECK ((status = 'met') = (certainty IS NULL) AND (status = 'met') = (value IS NULL))
);

CREATE TABLE gap_fixes (
  -- of the first {listed} gaps, the first {most_fixes} fixes, best first
  gap TEXT NOT NULL REFERENCES pairs (id),
  place INTEGER NOT NULL,
  fix TEXT NOT NULL REFERENCES fixes (id),
  PRIMARY KEY (gap, place)
) WITHOUT ROWID;

CREATE TABLE gap_hops (
  -- of the weak ones among the first {listed} gaps, the best route there is today
  gap TEXT NOT NULL REFERENCES pairs (id),
  place INTEGER NOT NULL,
  start TEXT NOT NULL REFERENCES entries (id),
  goal TEXT NOT NULL REFERENCES entries (id),
  statement TEXT NOT NULL REFERENCES statements (id),
  PRIMARY KEY (gap, place)
) WITHOUT ROWID;

-- Ready to read.

CREATE VIEW gaps AS
SELECT
  pairs.id, expectations.side, pairs.expectation,
  pairs.source, sources.name AS source_name, pairs.target, targets.name AS target_name,
  pairs.status, pairs.certainty, pairs.weight, pairs.value,
  pairs.fix, fixes.unlocks, fixes.precedent, statements.support AS fix_today,
  pairs.record, records.stage
FROM pairs
JOIN expectations ON expectations.id = pairs.expectation
JOIN entries AS sources ON sources.id = pairs.source
LEFT JOIN entries AS targets ON targets.id = pairs.target
LEFT JOIN fixes ON fixes.id = pairs.fix
LEFT JOIN statements ON statements.id = fixes.statement
LEFT JOIN records ON records.id = pairs.record
WHERE pairs.status <> 'met'
ORDER BY pairs.value DESC, pairs.weight DESC, pairs.expectation, pairs.source, pairs.target;

CREATE VIEW live_edges AS
-- what works today, in the direction in which a model flows; a relation that flows both ways gives two edges
WITH directions (flows, turned) AS (VALUES ('forward', 0), ('backward', 1), ('both', 0), ('both', 1))
SELECT
  starts.id AS start, starts.name AS start_name, statements.relation, goals.id AS goal, goals.name AS goal_name,
  statements.support, statements.limits, statements.verified, statements.id AS statement
FROM statements
JOIN relations ON relations.id = statements.relation
JOIN directions ON directions.flows = relations.flows
JOIN entries AS starts ON starts.id = iif(turned, statements.target, statements.source)
JOIN entries AS goals ON goals.id = iif(turned, statements.source, statements.target)
WHERE statements.live
ORDER BY start, goal, statement;

CREATE VIRTUAL TABLE entries_search USING fts5 (id, name, summary, content="entries");

CREATE VIRTUAL TABLE statements_search USING fts5 (id, "by", api, limits, note, content="statements");
