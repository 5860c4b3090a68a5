-- Roles that companies make themselves. What one allows stands in `rights`, as permissions with their
-- scopes: "orders.place=own orders.view=company".
CREATE TABLE company_roles (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    rights     TEXT NOT NULL CHECK (rights <> ''),
    version    INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, name_key)
) STRICT;

-- Who has one; the built-in roles stand in member_roles. Both keys carry the company, so that nobody can
-- have another company's role, and a role that somebody has can't be deleted.
CREATE TABLE member_company_roles (
    company_id BLOB NOT NULL,
    user_id    BLOB NOT NULL,
    role_id    BLOB NOT NULL,
    PRIMARY KEY (company_id, user_id, role_id),
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id),
    FOREIGN KEY (company_id, role_id) REFERENCES company_roles (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_company_roles_by_role ON member_company_roles (company_id, role_id, user_id);
