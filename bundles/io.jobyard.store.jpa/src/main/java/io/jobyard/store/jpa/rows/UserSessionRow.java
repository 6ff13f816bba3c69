// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.store.jpa.sql.UtcInstant;
import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** Row of a user's session. Its fields are the only list of its columns. */
@Entity
@Table(name = "USER_SESSION")
public class UserSessionRow {

    static final EntityColumns<UserSessionRow> COLUMNS = new EntityColumns<>(UserSessionRow.class, UserSessionRow::new);

    @Id
    @Column(name = "HASH")
    private String hash;

    @Column(name = "KIND")
    private String kind;

    @Column(name = "USER_NAME")
    private String user;

    @Column(name = "VERSION")
    private int version;

    @Column(name = "ADDRESS")
    private String address;

    @Convert(converter = UtcInstant.class)
    @Column(name = "STARTED_AT")
    private Instant startedAt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "USED_AT")
    private Instant usedAt;

    /** Required by the persistence provider. */
    protected UserSessionRow() {}

    static UserSessionRow of(StoredSession session) {
        UserSessionRow row = new UserSessionRow();
        row.hash = session.hash();
        row.kind = session.kind().name();
        row.user = session.user();
        row.version = session.version();
        row.address = session.address();
        row.startedAt = session.startedAt();
        row.usedAt = session.usedAt();
        return row;
    }

    public StoredSession toStored() {
        return new StoredSession(hash, Caller.CallerKind.valueOf(kind), user, version, address, startedAt, usedAt);
    }
}
