-- Older hosts go on beside this step.
-- Who may sign in: of passwords and secrets only hashes.

CREATE TABLE user_account (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  version INT NOT NULL,
  password_rounds INT NOT NULL,
  password_salt VARCHAR(100) NOT NULL,
  password_hash VARCHAR(100) NOT NULL,
  created_at BIGINT NOT NULL,
  created_by VARCHAR(600) NOT NULL,
  password_at BIGINT NOT NULL,
  disabled_at BIGINT
);

-- permissions: null for all that the owner has.
CREATE TABLE access_token (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  owner VARCHAR(200) NOT NULL,
  name VARCHAR(100) NOT NULL,
  permissions VARCHAR(2000),
  created_at BIGINT NOT NULL,
  created_by VARCHAR(600) NOT NULL,
  expires_at BIGINT,
  used_at BIGINT,
  revoked_at BIGINT,
  UNIQUE (owner, name)
);

-- version: that of the user when the session began; 0 for the local administrator's.
CREATE TABLE user_session (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  kind VARCHAR(20) NOT NULL,
  user_name VARCHAR(200) NOT NULL,
  version INT NOT NULL,
  address VARCHAR(100) NOT NULL,
  started_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);
