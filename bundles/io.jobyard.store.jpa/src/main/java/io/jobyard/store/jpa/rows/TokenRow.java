// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.spi.access.Permission;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.store.jpa.sql.UtcInstant;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Row of a token. Its fields are the only list of its columns. */
@Entity
@Table(name = "ACCESS_TOKEN")
public class TokenRow {

    static final EntityColumns<TokenRow> COLUMNS = new EntityColumns<>(TokenRow.class, TokenRow::new);

    @Id
    @Column(name = "HASH")
    private String hash;

    @Column(name = "OWNER")
    private String owner;

    @Column(name = "NAME")
    private String name;

    @Column(name = "PERMISSIONS")
    private @Nullable String permissions;

    @Convert(converter = UtcInstant.class)
    @Column(name = "CREATED_AT")
    private Instant createdAt;

    @Column(name = "CREATED_BY")
    private String createdBy;

    @Convert(converter = UtcInstant.class)
    @Column(name = "EXPIRES_AT")
    private @Nullable Instant expiresAt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "USED_AT")
    private @Nullable Instant usedAt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "REVOKED_AT")
    private @Nullable Instant revokedAt;

    /** Required by the persistence provider. */
    protected TokenRow() {}

    static TokenRow of(StoredToken token) {
        TokenRow row = new TokenRow();
        row.hash = token.hash();
        row.owner = token.owner();
        row.name = token.name();
        row.permissions = text(token.permissions());
        row.createdAt = token.createdAt();
        row.createdBy = token.createdBy();
        row.expiresAt = token.life().expiresAt();
        row.usedAt = token.life().usedAt();
        row.revokedAt = token.life().revokedAt();
        return row;
    }

    public StoredToken toStored() {
        return new StoredToken(
                hash,
                owner,
                name,
                permissions == null ? null : Permission.written(permissions),
                createdAt,
                createdBy,
                new StoredToken.TokenLife(expiresAt, usedAt, revokedAt));
    }

    private static @Nullable String text(@Nullable Set<Permission> permissions) {
        return permissions == null
                ? null
                : permissions.stream().map(Permission::text).sorted().collect(Collectors.joining(","));
    }
}
