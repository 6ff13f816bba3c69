// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.spi.identity.PasswordHash;
import io.jobyard.spi.identity.StoredUser;
import io.jobyard.store.jpa.sql.UtcInstant;
import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Row of a user. Its fields are the only list of its columns. */
@Entity
@Table(name = "USER_ACCOUNT")
public class UserRow {

    static final EntityColumns<UserRow> COLUMNS = new EntityColumns<>(UserRow.class, UserRow::new);

    @Id
    @Column(name = "NAME")
    private String name;

    @Column(name = "VERSION")
    private int version;

    @Column(name = "PASSWORD_ROUNDS")
    private int rounds;

    @Column(name = "PASSWORD_SALT")
    private String salt;

    @Column(name = "PASSWORD_HASH")
    private String hash;

    @Convert(converter = UtcInstant.class)
    @Column(name = "CREATED_AT")
    private Instant createdAt;

    @Column(name = "CREATED_BY")
    private String createdBy;

    @Convert(converter = UtcInstant.class)
    @Column(name = "PASSWORD_AT")
    private Instant passwordAt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "DISABLED_AT")
    private @Nullable Instant disabledAt;

    /** Required by the persistence provider. */
    protected UserRow() {}

    static UserRow of(StoredUser user) {
        UserRow row = new UserRow();
        row.name = user.name();
        row.version = user.version();
        row.rounds = user.password().rounds();
        row.salt = user.password().salt();
        row.hash = user.password().hash();
        row.createdAt = user.createdAt();
        row.createdBy = user.createdBy();
        row.passwordAt = user.passwordAt();
        row.disabledAt = user.disabledAt();
        return row;
    }

    public StoredUser toStored() {
        return new StoredUser(
                name, version, new PasswordHash(rounds, salt, hash), createdAt, createdBy, passwordAt, disabledAt);
    }
}
