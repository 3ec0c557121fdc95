-- agent-migrate: message first tables
-- agent-migrate: plan ID
-- agent-migrate: table public.tags
-- agent-migrate: table public.users
-- agent-migrate: table public.posts
-- agent-migrate: table public.comments
-- agent-migrate: table public.post_tags
-- agent-migrate: checksum ID
-- Apply it with: agent-migrate apply --execute

-- up

BEGIN;
-- step 1: create enum poststatus [transaction 1]
CREATE TYPE poststatus AS ENUM ('draft', 'published', 'archived');

-- step 2: create enum userrole [transaction 1]
CREATE TYPE userrole AS ENUM ('member', 'moderator', 'admin');

-- step 3: create table tags [transaction 1]
CREATE TABLE tags (
    id SERIAL NOT NULL,
    label VARCHAR(30) NOT NULL,
    CONSTRAINT pk_tags PRIMARY KEY (id),
    CONSTRAINT uq_tags_label UNIQUE (label)
);

-- step 4: create table users [transaction 1]
CREATE TABLE users (
    id SERIAL NOT NULL,
    email VARCHAR(254) NOT NULL,
    name VARCHAR(30) NOT NULL,
    role userrole DEFAULT 'member' NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_email UNIQUE (email),
    CONSTRAINT ck_users_email CHECK (position('@' in email) > 1)
);

-- step 5: create index ix_users_lower_email on users [transaction 1]
CREATE INDEX ix_users_lower_email ON users ((lower(email)));

-- step 6: create table posts [transaction 1]
CREATE TABLE posts (
    id SERIAL NOT NULL,
    author_id INTEGER NOT NULL,
    title VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    status poststatus DEFAULT 'draft' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_posts PRIMARY KEY (id),
    CONSTRAINT fk_posts_author_id FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE
);

-- step 7: create index ix_posts_author_id on posts [transaction 1]
CREATE INDEX ix_posts_author_id ON posts (author_id);

-- step 8: create index ix_posts_published on posts [transaction 1]
CREATE INDEX ix_posts_published ON posts (created_at) WHERE status = 'published';

-- step 9: comment on TABLE posts [transaction 1]
COMMENT ON TABLE posts IS 'what people write';

-- step 10: create table comments [transaction 1]
CREATE TABLE comments (
    id SERIAL NOT NULL,
    post_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    parent_id INTEGER,
    body TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_comments PRIMARY KEY (id),
    CONSTRAINT fk_comments_post_id FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
    CONSTRAINT fk_comments_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_comments_parent_id FOREIGN KEY (parent_id) REFERENCES comments (id) ON DELETE SET NULL
);

-- step 11: create index ix_comments_post_id on comments [transaction 1]
CREATE INDEX ix_comments_post_id ON comments (post_id);

-- step 12: create index ix_comments_user_id on comments [transaction 1]
CREATE INDEX ix_comments_user_id ON comments (user_id);

-- step 13: create table post_tags [transaction 1]
CREATE TABLE post_tags (
    post_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    CONSTRAINT pk_post_tags PRIMARY KEY (post_id, tag_id),
    CONSTRAINT fk_post_tags_post_id FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_tags_tag_id FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);

-- step 14: create index ix_post_tags_tag_id on post_tags [transaction 1]
CREATE INDEX ix_post_tags_tag_id ON post_tags (tag_id);

-- step 15: enable row security on posts [transaction 1]
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;

-- step 16: create policy posts_select_public_read on posts [transaction 1]
CREATE POLICY posts_select_public_read ON posts FOR SELECT USING (true);

-- step 17: create policy posts_insert_owner on posts [transaction 1]
CREATE POLICY posts_insert_owner ON posts FOR INSERT WITH CHECK (author_id = (SELECT NULLIF(current_setting('app.user_id', true), '')::INTEGER));

-- step 18: create policy posts_update_owner on posts [transaction 1]
CREATE POLICY posts_update_owner ON posts FOR UPDATE USING (author_id = (SELECT NULLIF(current_setting('app.user_id', true), '')::INTEGER)) WITH CHECK (author_id = (SELECT NULLIF(current_setting('app.user_id', true), '')::INTEGER));

-- step 19: create policy posts_delete_owner on posts [transaction 1]
CREATE POLICY posts_delete_owner ON posts FOR DELETE USING (author_id = (SELECT NULLIF(current_setting('app.user_id', true), '')::INTEGER));
COMMIT;

-- down
-- | DROP POLICY posts_delete_owner ON posts;
-- | DROP POLICY posts_update_owner ON posts;
-- | DROP POLICY posts_insert_owner ON posts;
-- | DROP POLICY posts_select_public_read ON posts;
-- | DROP TABLE post_tags;
-- | DROP TABLE comments;
-- | DROP TABLE posts;
-- | DROP TABLE users;
-- | DROP TABLE tags;
-- | DROP TYPE userrole;
-- | DROP TYPE poststatus;
