/**
 * The schema, in steps that are applied once and in order; a step that has been released is never edited. Texts that hold anything an
 * outsider wrote are `text` or `bytea`, never `json`: `\u0000` is refused by jsonb and poisons later queries in json (stack.md).
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table gargoyle.delivery (
    id text primary key,
    event text not null,
    action text,
    installation_id bigint,
    repository_id bigint,
    body bytea,
    state text not null check (state in ('recorded', 'ignored', 'done', 'failed')),
    error text,
    attempts integer not null default 1,
    received_at timestamptz not null
  );
  create index delivery_received on gargoyle.delivery (received_at);
  create index delivery_installation on gargoyle.delivery (installation_id);

  create table gargoyle.pull (
    repository_id bigint not null,
    pull bigint not null,
    generation bigint not null,
    head text,
    updated_at timestamptz not null default now(),
    primary key (repository_id, pull)
  );

  create table gargoyle.scan (
    id bigint primary key generated always as identity,
    installation_id bigint not null,
    repository_id bigint not null,
    pull bigint,
    head text not null,
    base_ref text not null,
    reason text not null,
    delivery_id text,
    generation bigint not null,
    check_run_id bigint,
    state text not null check (state in ('running', 'superseded', 'completed', 'failed')),
    conclusion text,
    started_at timestamptz not null default now(),
    finished_at timestamptz
  );
  create index scan_pull on gargoyle.scan (repository_id, pull, id desc);
  create index scan_head on gargoyle.scan (repository_id, head);
  create index scan_unfinished on gargoyle.scan (started_at) where finished_at is null;
  create index scan_installation on gargoyle.scan (installation_id);

  create table gargoyle.verdict (
    installation_id bigint not null,
    repository_id bigint not null,
    pull bigint not null,
    head text not null,
    base_ref text not null,
    base_sha text not null,
    policy text not null,
    engine text not null,
    conclusion text not null,
    body text not null,
    is_open boolean not null,
    kept_at timestamptz not null default now(),
    primary key (repository_id, head, pull, base_ref)
  );
  create index verdict_pull on gargoyle.verdict (repository_id, pull);
  create index verdict_installation on gargoyle.verdict (installation_id);

  create table gargoyle.blob (
    installation_id bigint not null,
    oid text not null,
    content bytea not null,
    used_at timestamptz not null default now(),
    primary key (installation_id, oid)
  );

  create table gargoyle.policy (
    installation_id bigint not null,
    owner text not null,
    name text not null,
    path text not null,
    oid text not null,
    content text not null,
    kept_at timestamptz not null default now(),
    primary key (installation_id, owner, name, path)
  );

  create table gargoyle.thread (
    installation_id bigint not null,
    repository_id bigint not null,
    pull bigint not null,
    fingerprint text not null,
    comment_id bigint not null,
    node_id text,
    state text not null,
    primary key (repository_id, pull, fingerprint)
  );
  create index thread_installation on gargoyle.thread (installation_id);

  create table gargoyle.workflow_job (
    repository_id bigint not null,
    job_id bigint not null,
    installation_id bigint not null,
    run_id bigint not null,
    run_attempt integer not null,
    status text not null,
    conclusion text,
    workflow_name text,
    job_name text not null,
    head_sha text not null,
    head_branch text,
    labels text[] not null,
    runner_id bigint,
    runner_name text,
    runner_group_id bigint,
    runner_group_name text,
    created_at timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    recorded_at timestamptz not null default now(),
    primary key (repository_id, job_id)
  );
  create index workflow_job_installation on gargoyle.workflow_job (installation_id);
  `,
];
