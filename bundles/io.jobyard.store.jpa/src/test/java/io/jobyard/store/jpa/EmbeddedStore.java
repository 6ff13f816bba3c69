// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import java.sql.SQLException;

/** A store on an embedded database, whose calls go over a wire. */
public abstract class EmbeddedStore extends OpenedStore {

    WiredSources sources;

    /** Ends all connections there are, behind the pool's back. */
    final void breakAll() throws SQLException {
        sources.breakAll();
    }

    public abstract StoreDialect dialect();
}
